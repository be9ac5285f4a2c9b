/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/fixes.h"

#include <glib/gi18n.h>

#include "base/json.h"
#include "document/document-private.h"
#include "document/node-private.h"
#include "document/target.h"
#include "document/template.h"

/* How far a new input is from what it feeds. */
#define INPUT_DISTANCE 280
/* Between a layer and one that is put behind it. */
#define APPEND_GAP 40

typedef gboolean (*EditFunc) (StrataDocument *document, StrataDocNode *node, JsonObject *edit, GError **error);

static gboolean
set_param (StrataDocument  *document,
           StrataDocNode   *node,
           JsonObject      *edit,
           GError         **error)
{
  return strata_document_set_param (document, node, strata_json_get_string (edit, "name", ""),
                                    json_object_get_member (edit, "value"), error);
}

static gboolean
set_setting (StrataDocument  *document,
             StrataDocNode   *node,
             JsonObject      *edit,
             GError         **error)
{
  strata_document_set_setting_member (document, strata_json_get_string (edit, "key", ""),
                                      strata_json_get_string (edit, "name", ""),
                                      json_object_get_member (edit, "value"));
  return TRUE;
}

/* On the wire from that node, or on the first. */
static gboolean
insert (StrataDocument  *document,
        StrataDocNode   *node,
        JsonObject      *edit,
        GError         **error)
{
  guint from = (guint) strata_json_get_int (edit, "from", 0);
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (document, node, TRUE);

  for (guint i = 0; i < wires->len; i++)
    if (from == 0 || strata_doc_wire_get_from (g_ptr_array_index (wires, i))->id == from)
      return strata_document_insert_on_wire (document, g_ptr_array_index (wires, i),
                                             strata_json_get_string (edit, "class_name", ""),
                                             strata_json_get_object (edit, "config"), error) != NULL;
  return TRUE;
}

static gboolean
remove_node (StrataDocument  *document,
             StrataDocNode   *node,
             JsonObject      *edit,
             GError         **error)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  g_ptr_array_add (nodes, node);
  strata_document_remove_nodes (document, nodes);
  return TRUE;
}

/* What the node got goes where its results went. */
static gboolean
bypass (StrataDocument  *document,
        StrataDocNode   *node,
        JsonObject      *edit,
        GError         **error)
{
  g_autoptr (StrataDocNode) kept = g_object_ref (node);
  g_autoptr (GPtrArray) incoming = strata_document_dup_wires_of (document, node, TRUE);
  g_autoptr (GPtrArray) outgoing = strata_document_dup_wires_of (document, node, FALSE);

  remove_node (document, node, edit, NULL);
  for (guint i = 0; i < outgoing->len && incoming->len > 0; i++)
    {
      StrataDocWire *in = g_ptr_array_index (incoming, 0), *out = g_ptr_array_index (outgoing, i);

      if (strata_document_connect (document, strata_doc_wire_get_from (in), strata_doc_wire_get_from_port (in),
                                   strata_doc_wire_get_to (out), strata_doc_wire_get_to_port (out), error) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
connect_nodes (StrataDocument  *document,
               StrataDocNode   *node,
               JsonObject      *edit,
               GError         **error)
{
  StrataDocNode *from = strata_document_get_node (document, (guint) strata_json_get_int (edit, "from", 0));

  return from == NULL || strata_document_connect (document, from, 0, node,
                                                  (guint) strata_json_get_int (edit, "port", 0), error) != NULL;
}

static gboolean
add_input (StrataDocument  *document,
           StrataDocNode   *node,
           JsonObject      *edit,
           GError         **error)
{
  g_autoptr (JsonObject) config = strata_target_dup_input_config (document);
  StrataDocNode *input = strata_document_add_node (document, "InputLayer", config, node->x - INPUT_DISTANCE,
                                                   node->y, error);

  return input != NULL && strata_document_connect (document, input, 0, node, 0, error) != NULL;
}

/* Behind the end of the chain that goes on from the node, in a place of its own. */
static gboolean
append (StrataDocument  *document,
        StrataDocNode   *node,
        JsonObject      *edit,
        GError         **error)
{
  gboolean down = strata_document_flows_down (document);
  const GPtrArray *outgoing;
  StrataDocNode *added;

  while ((outgoing = strata_doc_node_get_wires (node, FALSE))->len > 0)
    node = strata_doc_wire_get_to (g_ptr_array_index (outgoing, 0));
  added = strata_document_add_node (document, strata_json_get_string (edit, "class_name", ""),
                                    strata_json_get_object (edit, "config"),
                                    node->x + (down ? 0 : strata_doc_node_get_width (node) + APPEND_GAP),
                                    node->y + (down ? strata_doc_node_get_height (node) + APPEND_GAP : 0), error);
  return added != NULL && strata_document_connect (document, node, 0, added, 0, error) != NULL;
}

static const struct
{
  const char *name;
  EditFunc func;
} edit_kinds[] = {
  { "append", append },
  { "param", set_param },
  { "setting", set_setting },
  { "insert", insert },
  { "bypass", bypass },
  { "remove", remove_node },
  { "connect", connect_nodes },
  { "input", add_input },
};

static gboolean
do_edit (StrataDocument  *document,
         JsonObject      *edit,
         GError         **error)
{
  const char *kind = strata_json_get_string (edit, "do", "");
  guint id = (guint) strata_json_get_int (edit, "node", 0);
  StrataDocNode *node = strata_document_get_node (document, id);

  /* What was there when it was found wrong may be gone by now. */
  if (id != 0 && node == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (edit_kinds); i++)
    if (g_str_equal (kind, edit_kinds[i].name))
      return edit_kinds[i].func (document, node, edit, error);
  return TRUE;
}

static gboolean
do_all (StrataDocument  *document,
        guint            node_id,
        JsonNode        *data,
        GError         **error)
{
  JsonArray *edits = json_node_get_array (data);

  for (guint i = 0; i < json_array_get_length (edits); i++)
    if (!do_edit (document, json_array_get_object_element (edits, i), error))
      return FALSE;
  return TRUE;
}

/**
 * strata_fix_new: (skip)
 * @label: (transfer full): what the button says
 *
 * Returns: (transfer none): the diagnostic's fix, to which edits are added
 */
StrataFix *
strata_fix_new (StrataDiagnostic *diagnostic,
                char             *label)
{
  JsonArray *edits = json_array_new ();

  strata_diagnostic_set_fix (diagnostic, label, do_all, json_node_init_array (json_node_alloc (), edits));
  json_array_unref (edits);
  return edits;
}

static JsonObject *
add_edit (StrataFix     *self,
          const char    *kind,
          StrataDocNode *node)
{
  JsonObject *edit = json_object_new ();

  json_object_set_string_member (edit, "do", kind);
  if (node != NULL)
    json_object_set_int_member (edit, "node", node->id);
  json_array_add_object_element (self, edit);
  return edit;
}

/* Changes a parameter of a layer. */
void
strata_fix_set_param (StrataFix     *self,
                      StrataDocNode *node,
                      const char    *name,
                      const char    *value)
{
  JsonObject *edit = add_edit (self, "param", node);

  json_object_set_string_member (edit, "name", name);
  json_object_set_member (edit, "value", json_from_string (value, NULL));
}

void
strata_fix_set_number (StrataFix     *self,
                       StrataDocNode *node,
                       const char    *name,
                       gint64         value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  strata_fix_set_param (self, node, name, text);
}

/* Changes one of the document's settings. */
void
strata_fix_set_setting (StrataFix  *self,
                        const char *key,
                        const char *member,
                        const char *value)
{
  JsonObject *edit = add_edit (self, "setting", NULL);

  json_object_set_string_member (edit, "key", key);
  json_object_set_string_member (edit, "name", member);
  json_object_set_member (edit, "value", json_from_string (value, NULL));
}

/* Puts a layer before @node. */
void
strata_fix_insert (StrataFix     *self,
                   StrataDocNode *node,
                   const char    *class_name,
                   const char    *config)
{
  strata_fix_insert_from (self, node, NULL, class_name, config);
}

/* Puts a layer between @from and @node. */
void
strata_fix_insert_from (StrataFix     *self,
                        StrataDocNode *node,
                        StrataDocNode *from,
                        const char    *class_name,
                        const char    *config)
{
  JsonObject *edit = add_edit (self, "insert", node);

  if (from != NULL)
    json_object_set_int_member (edit, "from", from->id);
  json_object_set_string_member (edit, "class_name", class_name);
  json_object_set_member (edit, "config", json_from_string (config, NULL));
}

/* Puts a layer behind what @node leads to. */
void
strata_fix_append (StrataFix     *self,
                   StrataDocNode *node,
                   const char    *class_name,
                   const char    *config)
{
  JsonObject *edit = add_edit (self, "append", node);

  json_object_set_string_member (edit, "class_name", class_name);
  json_object_set_member (edit, "config", json_from_string (config, NULL));
}

/* Takes a layer out and joins what is before it with what is after it. */
void
strata_fix_bypass (StrataFix     *self,
                   StrataDocNode *node)
{
  add_edit (self, "bypass", node);
}

/* Takes a layer out, with its wires. */
void
strata_fix_remove (StrataFix     *self,
                   StrataDocNode *node)
{
  add_edit (self, "remove", node);
}

void
strata_fix_connect (StrataFix     *self,
                    StrataDocNode *from,
                    StrataDocNode *to,
                    guint          port)
{
  JsonObject *edit = add_edit (self, "connect", to);

  json_object_set_int_member (edit, "from", from->id);
  json_object_set_int_member (edit, "port", port);
}

/* Puts an input for the document's data before @node. */
void
strata_fix_add_input (StrataFix     *self,
                      StrataDocNode *node)
{
  add_edit (self, "input", node);
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
gboolean
strata_fix_try_param (StrataDocNode *node,
                      const char    *name,
                      const char    *value)
{
  g_autoptr (StrataLayer) layer = NULL;
  g_autoptr (JsonNode) json = json_from_string (value, NULL);

  if (strata_object_find_param (STRATA_OBJECT (node->layer), name) == NULL)
    return FALSE;
  layer = strata_template_with (node->layer, name, json, NULL);
  return layer != NULL && works_on (layer, (const StrataSpec *) node->input_specs->data, node->input_specs->len);
}

/* Would the node work behind another layer? */
gboolean
strata_fix_try_layer (StrataDocNode *node,
                      const char    *class_name,
                      const char    *config)
{
  g_autoptr (JsonNode) json = json_from_string (config, NULL);
  g_autoptr (StrataLayer) before = NULL;
  StrataSpec outputs[STRATA_MAX_RESULTS];
  guint n_outputs;

  json_object_set_string_member (json_node_get_object (json), "name", "trial");
  before = strata_layer_new (class_name, json_node_get_object (json), NULL);
  return before != NULL && node->input_specs->len == 1 &&
         strata_layer_infer (before, (const StrataSpec *) node->input_specs->data, 1, outputs, &n_outputs, NULL) &&
         strata_fix_try_input (node, outputs);
}

/* Would the node work on something else? */
gboolean
strata_fix_try_input (StrataDocNode    *node,
                      const StrataSpec *input)
{
  g_autoptr (StrataLayer) layer = strata_template_clone (node->layer, NULL);

  return layer != NULL && works_on (layer, input, 1);
}

/* The first that can be mended and was not tried yet. */
static StrataDiagnostic *
find_fixable (StrataDocument *self,
              GHashTable     *tried)
{
  for (guint i = 0; i < self->diagnostics->len; i++)
    {
      StrataDiagnostic *diagnostic = g_ptr_array_index (self->diagnostics, i);
      g_autofree char *key = g_strdup_printf ("%u %s", strata_diagnostic_get_node_id (diagnostic),
                                              strata_diagnostic_get_message (diagnostic));

      if (strata_diagnostic_get_fix_label (diagnostic) != NULL && g_hash_table_add (tried, g_steal_pointer (&key)))
        return strata_diagnostic_ref (diagnostic);
    }
  return NULL;
}

/**
 * strata_document_fix_all:
 *
 * Mends all that can be, the worst first, as one step. What one fix brings to light is mended, too.
 */
gboolean
strata_document_fix_all (StrataDocument  *self,
                         GError         **error)
{
  g_autoptr (GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean success = TRUE;

  strata_document_end_coalescing (self);
  strata_document_begin_group (self, _("Fix all"));
  while (success)
    {
      g_autoptr (StrataDiagnostic) diagnostic = find_fixable (self, tried);

      if (diagnostic == NULL)
        break;
      success = strata_diagnostic_apply_fix (diagnostic, self, error);
      strata_document_analyse (self);
    }
  strata_document_end_group (self);
  return success;
}
