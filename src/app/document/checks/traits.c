/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/checks/traits.h"

#include <string.h>

#include "base/json.h"
#include "base/registry.h"
#include "document/node-private.h"

/* Layers that pass the same numbers on: laid out in another way, or with some forgotten while training. */
#define CARRIERS "Flatten,Reshape,Permute,Identity,Dropout,SpatialDropout1D,SpatialDropout2D,SpatialDropout3D," \
                 "AlphaDropout," \
                 "GaussianDropout,GaussianNoise,ActivityRegularization"

/**
 * strata_traits_is_listed: (skip)
 * @names: separated by commas
 */
gboolean
strata_traits_is_listed (const char *name,
                         const char *names)
{
  gsize length = strlen (name);

  for (const char *at = names; (at = strstr (at, name)) != NULL; at += length)
    if ((at == names || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

gboolean
strata_traits_is (StrataDocNode *node,
                  const char    *class_names)
{
  return strata_traits_is_listed (strata_doc_node_get_class_name (node), class_names);
}

gboolean
strata_traits_is_in (StrataDocNode *node,
                     const char    *category)
{
  const StrataLayerInfo *info = strata_doc_node_get_info (node);

  return info != NULL && g_strcmp0 (info->object.category, category) == 0;
}

gboolean
strata_traits_is_carrier (StrataDocNode *node)
{
  return strata_traits_is (node, CARRIERS);
}

/* Reads a sequence: steps of time come in, and with return_sequences go out. */
gboolean
strata_traits_is_recurrent (StrataDocNode *node)
{
  return strata_traits_is (node, "SimpleRNN,LSTM,GRU");
}

gboolean
strata_traits_is_conv (StrataDocNode *node)
{
  return strata_traits_is_in (node, "Convolution");
}

/* Whether it has weights that were trained or loaded. */
gboolean
strata_traits_is_trained (StrataDocNode *node)
{
  return node->trained != NULL;
}

/**
 * strata_traits_get_problem: (skip)
 *
 * Returns: (nullable): why the layer cannot take what comes in, as the engine says it
 */
const char *
strata_traits_get_problem (StrataDocNode *node)
{
  return node->problem;
}

gboolean
strata_traits_has (StrataDocNode *node,
                   const char    *param)
{
  return strata_object_find_param (STRATA_OBJECT (node->layer), param) != NULL;
}

static JsonNode *
get_param (StrataDocNode *node,
           const char    *param)
{
  return strata_traits_has (node, param) ? strata_object_get_param (STRATA_OBJECT (node->layer), param) : NULL;
}

/**
 * strata_traits_says: (skip)
 *
 * Returns: whether the parameter is there and is this text
 */
gboolean
strata_traits_says (StrataDocNode *node,
                    const char    *param,
                    const char    *text)
{
  g_autoptr (JsonNode) value = get_param (node, param);

  return value != NULL && strata_json_is_string (value) && g_str_equal (json_node_get_string (value), text);
}

double
strata_traits_get_number (StrataDocNode *node,
                          const char    *param,
                          double         fallback)
{
  g_autoptr (JsonNode) value = get_param (node, param);

  return value != NULL && strata_json_is_number (value) ? json_node_get_double (value) : fallback;
}

gboolean
strata_traits_get_flag (StrataDocNode *node,
                        const char    *param)
{
  g_autoptr (JsonNode) value = get_param (node, param);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (value);
}

/**
 * strata_traits_get_largest: (skip)
 *
 * Returns: the largest number of a tuple, or the number itself, or 0 where there is none
 */
gint64
strata_traits_get_largest (StrataDocNode *node,
                           const char    *param)
{
  g_autoptr (JsonNode) value = get_param (node, param);
  JsonArray *array = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  gint64 largest = 0;

  if (value != NULL && strata_json_is_number (value))
    return json_node_get_int (value);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    largest = MAX (largest, json_array_get_int_element (array, i));
  return largest;
}

/**
 * strata_traits_get_activation: (skip)
 *
 * Returns: (nullable): the function that a layer applies last, "linear" for none, %NULL where it is not one that is
 *   known
 *   by name
 */
const char *
strata_traits_get_activation (StrataDocNode *node)
{
  g_autoptr (JsonNode) value = NULL;
  const StrataObjectInfo *known = NULL;

  if (strata_traits_is (node, "Softmax"))
    return "softmax";
  if (strata_traits_is (node, "ReLU"))
    return "relu";
  if (strata_traits_is (node, "LeakyReLU,PReLU,ELU"))
    return "elu";
  value = get_param (node, "activation");
  if (value == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_NULL (value))
    return "linear";
  if (strata_json_is_string (value))
    known = strata_registry_lookup (STRATA_KIND_ACTIVATION, json_node_get_string (value));
  return known != NULL ? known->name : NULL;
}

/**
 * strata_traits_get_width_param: (skip)
 *
 * Returns: (nullable): the parameter that says how many numbers come out
 */
const char *
strata_traits_get_width_param (StrataDocNode *node)
{
  static const char *const names[] = { "units", "filters" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strata_traits_has (node, names[i]))
      return names[i];
  return NULL;
}

/**
 * strata_traits_get_input: (skip)
 *
 * Returns: (nullable): type and shape of what comes in, where that is known
 */
const StrataSpec *
strata_traits_get_input (StrataDocNode *node,
                         guint          i)
{
  return i < node->input_specs->len ? &g_array_index (node->input_specs, StrataSpec, i) : NULL;
}

guint
strata_traits_get_n_inputs (StrataDocNode *node)
{
  return node->input_specs->len;
}

/**
 * strata_traits_get_width: (skip)
 *
 * Returns: how many numbers lie along the last dimension of the output, or -1
 */
gint64
strata_traits_get_width (StrataDocNode *node)
{
  const StrataSpec *spec = strata_doc_node_get_output_spec (node, 0);

  return spec != NULL && spec->shape.rank > 1 ? spec->shape.dims[spec->shape.rank - 1] : -1;
}

/**
 * strata_traits_dup_dims: (skip)
 *
 * Returns: (transfer full): the dimensions from @first up to but not including @last, as in "28×28"
 */
char *
strata_traits_dup_dims (const StrataShape *shape,
                        int                first,
                        int                last)
{
  GString *text = g_string_new (NULL);

  for (int i = first; i < last; i++)
    {
      if (i > first)
        g_string_append (text, "×");
      if (shape->dims[i] >= 0)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, shape->dims[i]);
      else
        g_string_append_c (text, '?');
    }
  return g_string_free (text, FALSE);
}
