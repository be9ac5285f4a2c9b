/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/fixes.h"

#include <glib/gi18n.h>

#include "document/node-private.h"
#include "document/template.h"

static gboolean
set_param (StrataDocument  *document,
           guint            node_id,
           JsonNode        *data,
           GError         **error)
{
  StrataDocNode *node = strata_document_get_node (document, node_id);
  JsonObject *object = json_node_get_object (data);

  return node == NULL || strata_document_set_param (document, node, json_object_get_string_member (object, "name"),
                                                    json_object_get_member (object, "value"), error);
}

static gboolean
insert_layer (StrataDocument  *document,
              guint            node_id,
              JsonNode        *data,
              GError         **error)
{
  StrataDocNode *node = strata_document_get_node (document, node_id);
  JsonObject *object = json_node_get_object (data);
  g_autoptr (GPtrArray) wires = NULL;

  if (node == NULL)
    return TRUE;
  wires = strata_document_dup_wires_of (document, node, TRUE);
  return wires->len == 0 || strata_document_insert_on_wire (document, g_ptr_array_index (wires, 0),
                                                            json_object_get_string_member (object, "class_name"),
                                                            json_object_get_object_member (object, "config"), error) != NULL;
}

static gboolean
add_input (StrataDocument  *document,
           guint            node_id,
           JsonNode        *data,
           GError         **error)
{
  StrataDocNode *node = strata_document_get_node (document, node_id);
  double x = node != NULL ? node->x - 280 : 0, y = node != NULL ? node->y : 0;
  StrataDocNode *input = strata_document_add_node (document, "InputLayer", json_node_get_object (data), x, y, error);

  if (input == NULL)
    return FALSE;
  return node == NULL || strata_document_connect (document, input, 0, node, 0, error) != NULL;
}

static JsonNode *
parse (const char *text)
{
  return json_from_string (text, NULL);
}

/**
 * strata_fix_with_param: (skip)
 * @label: (transfer full): what the button says
 * @value: as JSON
 *
 * The fix is to change a parameter of the node.
 */
void
strata_fix_with_param (StrataDiagnostic *diagnostic,
                       char             *label,
                       const char       *name,
                       const char       *value)
{
  g_autofree char *text = g_strdup_printf ("{\"name\": \"%s\", \"value\": %s}", name, value);

  strata_diagnostic_set_fix (diagnostic, label, set_param, parse (text));
}

/* The fix is to put a layer before the node; @config is JSON. */
void
strata_fix_with_layer (StrataDiagnostic *diagnostic,
                       char             *label,
                       const char       *class_name,
                       const char       *config)
{
  g_autofree char *text = g_strdup_printf ("{\"class_name\": \"%s\", \"config\": %s}", class_name, config);

  strata_diagnostic_set_fix (diagnostic, label, insert_layer, parse (text));
}

/* The fix is an input before the node; @config is JSON. */
void
strata_fix_with_input (StrataDiagnostic *diagnostic,
                       char             *label,
                       const char       *config)
{
  strata_diagnostic_set_fix (diagnostic, label, add_input, parse (config));
}

static gboolean
works_on (StrataLayer      *layer,
          const StrataSpec *inputs,
          guint             n_inputs)
{
  StrataSpec outputs[STRATA_MAX_RESULTS];
  guint n_outputs;

  return strata_layer_infer (layer, inputs, n_inputs, outputs, &n_outputs, NULL);
}

/* Would the node work with another value of a parameter? */
static gboolean
try_param (StrataDocNode *node,
           const char    *name,
           const char    *value)
{
  g_autoptr (StrataObject) layer = NULL;
  g_autoptr (JsonNode) json = parse (value);

  if (strata_object_find_param (STRATA_OBJECT (node->layer), name) == NULL)
    return FALSE;
  layer = (StrataObject *) strata_template_clone (node->layer, NULL);
  return layer != NULL && strata_object_set_param (layer, name, json, NULL) &&
         works_on (STRATA_LAYER (layer), (const StrataSpec *) node->input_specs->data, node->input_specs->len);
}

/* Would the node work behind another layer? */
static gboolean
try_layer (StrataDocNode *node,
           const char    *class_name,
           const char    *config)
{
  g_autoptr (JsonNode) json = parse (config);
  g_autoptr (StrataLayer) before = strata_layer_new (class_name, json_node_get_object (json), NULL);
  g_autoptr (StrataLayer) layer = strata_template_clone (node->layer, NULL);
  StrataSpec outputs[STRATA_MAX_RESULTS];
  guint n_outputs;

  return before != NULL && layer != NULL && node->input_specs->len == 1 &&
         strata_layer_infer (before, (const StrataSpec *) node->input_specs->data, 1, outputs, &n_outputs, NULL) &&
         works_on (layer, outputs, 1);
}

/* The input's shape with one more dimension of one: an image that has lost its channel, or a series of single numbers. */
static char *
with_channel (StrataDocNode *node)
{
  const StrataShape *shape = &g_array_index (node->input_specs, StrataSpec, 0).shape;
  g_autoptr (GString) text = g_string_new ("{\"name\": \"add_channel\", \"target_shape\": [");

  for (int i = 1; i < shape->rank; i++)
    {
      if (shape->dims[i] < 0)
        return NULL;
      g_string_append_printf (text, "%" G_GINT64_FORMAT ", ", shape->dims[i]);
    }
  g_string_append (text, "1]}");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * strata_fix_find: (skip)
 * @diagnostic: why @node cannot work
 *
 * Tries what usually helps; the first that works becomes the fix.
 * Returns: whether there is one
 */
gboolean
strata_fix_find (StrataDocument   *document,
                 StrataDocNode    *node,
                 StrataDiagnostic *diagnostic)
{
  g_autofree char *channel = NULL;

  if (node->input_specs->len == 0)
    return FALSE;

  channel = with_channel (node);
  if (try_param (node, "padding", "\"same\""))
    strata_fix_with_param (diagnostic, g_strdup (_("Use “same” padding")), "padding", "\"same\"");
  else if (channel != NULL && try_layer (node, "Reshape", channel))
    strata_fix_with_layer (diagnostic, g_strdup (_("Add a channel")), "Reshape", channel);
  else if (try_layer (node, "Flatten", "{\"name\": \"flatten\"}"))
    strata_fix_with_layer (diagnostic, g_strdup (_("Insert Flatten")), "Flatten", "{}");
  else
    return FALSE;
  return TRUE;
}
