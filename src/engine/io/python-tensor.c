/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/json.h"
#include "io/python-reader-private.h"
#include "layers/operator.h"

/* A call while its arguments are sorted into tensors and others. */
typedef struct
{
  StrataPythonReader *reader;
  GPtrArray *symbols;
  gboolean only_tensors;
} Call;

static JsonNode *take_argument (Call *self, StrataPythonData *data, GError **error);

static JsonNode *
take_list (Call       *self,
           GPtrArray  *items,
           GError    **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *result;

  for (guint i = 0; i < items->len; i++)
    {
      JsonNode *item = take_argument (self, g_ptr_array_index (items, i), error);

      if (item == NULL)
        return NULL;
      json_array_add_element (array, item);
    }
  result = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (result, g_steal_pointer (&array));
  return result;
}

/* Each tensor gets a number that stands for it. */
static JsonNode *
take_argument (Call              *self,
               StrataPythonData  *data,
               GError           **error)
{
  JsonObject *object;

  if (data->kind == STRATA_PYTHON_LIST)
    return take_list (self, data->items, error);
  if (data->kind != STRATA_PYTHON_TENSOR)
    {
      self->only_tensors = FALSE;
      return strata_python_data_to_json (data, error);
    }
  object = json_object_new ();
  json_object_set_int_member (object, "$", self->symbols->len);
  g_ptr_array_add (self->symbols, data->symbol);
  return strata_json_wrap (object);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In order of their names, as Keras has them. */
static JsonObject *
take_named (Call                   *self,
            StrataPythonArguments  *arguments,
            GError                **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (JsonObject) object = json_object_new ();

  g_ptr_array_extend (names, arguments->names, NULL, NULL);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      JsonNode *value = take_argument (self, strata_python_arguments_get (arguments, name, -1), error);

      if (value == NULL)
        return NULL;
      json_object_set_member (object, name, value);
    }
  return g_steal_pointer (&object);
}

/* What a layer returns: a tensor, or a list of several. */
static StrataPythonData *
get_outputs (StrataSite *site)
{
  StrataPythonData *list;

  if (site->n_outputs == 1)
    return strata_python_data_new_tensor (strata_site_get_output (site, 0));
  list = strata_python_data_new_list ();
  for (guint i = 0; i < site->n_outputs; i++)
    g_ptr_array_add (list->items, strata_python_data_new_tensor (strata_site_get_output (site, i)));
  return list;
}

/* Layers that take a list of tensors have it as their one argument; others have tensors one after the other. */
static gboolean
is_usual (StrataLayer *layer,
          Call        *call,
          JsonArray   *args)
{
  gboolean list = (STRATA_LAYER_GET_CLASS (layer)->flags & STRATA_LAYER_MERGES) ||
                  (STRATA_IS_MODEL (layer) && strata_model_get_n_inputs (STRATA_MODEL (layer)) > 1);

  if (!call->only_tensors || json_array_get_length (args) == 0)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (args); i++)
    if ((strata_json_element_array (args, i) != NULL) != list)
      return FALSE;
  return !list || json_array_get_length (args) == 1;
}

/**
 * strata_python_call_layer: (skip)
 *
 * Returns: (transfer full): what the layer makes of the tensors
 */
StrataPythonData *
strata_python_call_layer (StrataPythonReader    *self,
                          StrataLayer           *layer,
                          StrataPythonArguments *arguments)
{
  g_autoptr (GPtrArray) symbols = g_ptr_array_new ();
  g_autoptr (JsonNode) args = NULL;
  g_autoptr (JsonObject) named = NULL;
  g_autoptr (StrataSite) site = NULL;
  Call call = { self, symbols, TRUE };
  GError *error = NULL;
  gboolean usual;

  args = take_list (&call, arguments->positional, &error);
  usual = args != NULL && is_usual (layer, &call, json_node_get_array (args));
  if (args != NULL && arguments->names->len > 0)
    named = take_named (&call, arguments, &error);
  if (error == NULL && symbols->len == 0)
    g_set_error (&error, STRATA_ERROR, STRATA_ERROR_VALUE, "“%s” is called without a tensor", strata_layer_get_name (layer));
  if (error != NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  /* An operation is told what it is applied to, tensors or not. */
  if (STRATA_IS_OPERATOR (layer) && !strata_operator_set_args (STRATA_OPERATOR (layer), args, &error))
    return strata_python_reader_give_up (self, arguments->line, error);
  site = strata_layer_connect_full (layer, (StrataSymbol *const *) symbols->pdata, symbols->len, named, usual ? NULL : args, &error);
  if (site == NULL)
    return strata_python_reader_give_up (self, arguments->line, error);
  strata_python_reader_note (self, layer, (int) site->index, arguments->line, FALSE);
  return get_outputs (site);
}

/**
 * strata_python_operate: (skip)
 * @operation: an operation on tensors, such as "Add" or "relu"
 *
 * Returns: (transfer full): what it makes of them
 */
StrataPythonData *
strata_python_operate (StrataPythonReader    *self,
                       const char            *operation,
                       StrataPythonArguments *arguments)
{
  g_autofree char *class_name = g_strdup (operation), *name = NULL;
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (StrataLayer) layer = NULL;
  GError *error = NULL;

  class_name[0] = g_ascii_toupper (class_name[0]);
  if (!strata_operator_is_known (class_name))
    return strata_python_reader_fail (self, "the operation “%s” on tensors is not known", operation);
  name = strata_python_reader_next_name (self, class_name);
  json_object_set_string_member (config, "name", name);
  layer = strata_operator_new (class_name, config, &error);
  return layer != NULL ? strata_python_call_layer (self, layer, arguments) : strata_python_reader_give_up (self, arguments->line, error);
}
