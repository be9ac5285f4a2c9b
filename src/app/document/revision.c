/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/revision-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/json.h"
#include "document/import.h"
#include "document/json.h"
#include "document/node-private.h"
#include "document/template.h"
#include "io/code/python-value.h"
#include "layers/naming.h"
#include "layers/operator.h"
#include "models/sequential.h"

/* How far below the layer before it a new one lies, and how far beside others. */
#define BELOW 144
#define BESIDE 264

static void
pair_clear (gpointer data)
{
  StrataRevisionPair *pair = data;

  g_clear_object (&pair->fresh);
  g_clear_object (&pair->node);
  g_free (pair->text);
}

/* What a layer does, whatever it is called, as code has it: all else that files note is the same for the code. */
static char *
describe (StrataDocNode *node)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *class_name = strata_doc_node_get_class_name (node);
  g_autoptr (StrataLayer) plain = NULL;
  g_autofree char *name = NULL;
  char *text;

  if (STRATA_IS_MODEL (node->layer))
    {
      text = strata_model_to_python (STRATA_MODEL (node->layer), NULL);
      return text != NULL ? text : g_strdup (class_name);
    }
  plain = strata_template_clone (node->layer, NULL);
  if (STRATA_IS_OPERATOR (node->layer) || plain == NULL)
    {
      JsonNode *args = STRATA_IS_OPERATOR (node->layer)
                       ? strata_operator_get_args (STRATA_OPERATOR (node->layer)) : NULL;
      g_autoptr (JsonNode) config = STRATA_IS_OPERATOR (node->layer)
                                      ? strata_json_wrap (strata_operator_dup_config (STRATA_OPERATOR (node->layer)))
                                      : NULL;
      g_autofree char *list = args != NULL ? strata_python_literal (args) : NULL, *options = NULL;

      if (config != NULL)
        json_object_remove_member (json_node_get_object (config), "name");
      options = config != NULL ? strata_json_to_text (config, FALSE) : NULL;
      return g_strdup_printf ("%s %s %s", class_name, options != NULL ? options : "", list != NULL ? list : "");
    }
  name = strata_naming_snake (class_name);
  strata_layer_set_name (plain, name);
  return strata_python_call (STRATA_OBJECT (plain), counts, NULL, NULL);
}

/* Calls of one layer are told apart by what they are called on. */
char *
strata_revision_describe_call (StrataDocument *document,
                               StrataDocNode  *node)
{
  g_autoptr (GPtrArray) sharers = strata_document_dup_sharers (document, node->layer);
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (document, node, TRUE);
  g_autofree char *layer = describe (node);
  g_autoptr (GString) text = g_string_new (layer);

  for (guint i = 0; i < wires->len && sharers->len > 1; i++)
    g_string_append_printf (text, " %s",
                            strata_doc_node_get_name (strata_doc_wire_get_from (g_ptr_array_index (wires, i))));
  return g_strdup (text->str);
}

/* The input of a row, too, which is none of its layers. */
StrataLayer *
strata_revision_find_layer (StrataModel *model,
                            const char  *name)
{
  StrataLayer *input = STRATA_IS_SEQUENTIAL (model)
                       ? strata_sequential_get_input_layer (STRATA_SEQUENTIAL (model)) : NULL;

  if (input != NULL && g_str_equal (strata_layer_get_name (input), name))
    return input;
  return strata_model_find_layer (model, name);
}

/* Where the call is, else where the layer is made; the name is given where it is made. */
static void
locate (StrataRevisionPair *pair,
        GArray             *origins,
        StrataLayer        *layer,
        int                 call)
{
  for (guint i = 0; i < origins->len; i++)
    {
      StrataPythonOrigin *origin = &g_array_index (origins, StrataPythonOrigin, i);

      if (origin->layer != layer)
        continue;
      pair->is_named |= origin->is_named;
      if (origin->call != call && (origin->call != -1 || pair->first != 0))
        continue;
      pair->first = origin->line;
      pair->last = origin->last_line;
    }
}

static StrataDocNode *
find_group (StrataDocument *document,
            const char     *name)
{
  for (guint i = 0; i < document->groups->len; i++)
    if (g_str_equal (strata_doc_node_get_name (g_ptr_array_index (document->groups, i)), name))
      return g_ptr_array_index (document->groups, i);
  return NULL;
}

/* A model within the model is one node; where the document has a group of that name, it is opened, so that the layers
 * inside are compared one by one. */
static gboolean
open_groups (StrataRevision  *self,
             GError         **error)
{
  for (guint i = 0; i < self->fresh->nodes->len;)
    {
      StrataDocNode *node = g_ptr_array_index (self->fresh->nodes, i);
      const char *name = strata_doc_node_get_name (node);

      if (!STRATA_IS_MODEL (node->layer) || find_group (self->document, name) == NULL ||
          find_group (self->fresh, name) != NULL)
        {
          i++;
          continue;
        }
      if (strata_document_open_model (self->fresh, node, error) == NULL)
        return FALSE;
      i = 0;
    }
  return TRUE;
}

/* The layer that the code makes for a node, in whichever model within the model it is. */
static StrataLayer *
find_origin (StrataModel   *model,
             StrataDocNode *fresh)
{
  StrataLayer *outer = fresh->group != NULL ? find_origin (model, fresh->group) : STRATA_LAYER (model);

  return STRATA_IS_MODEL (outer)
         ? strata_revision_find_layer (STRATA_MODEL (outer), strata_doc_node_get_name (fresh)) : NULL;
}

static void
collect_pairs (StrataRevision     *self,
               StrataPythonSource *source)
{
  g_autoptr (GHashTable) calls = g_hash_table_new (NULL, NULL);
  /* What was inside of models comes last, and belongs where it is called. */
  g_autoptr (GPtrArray) nodes = self->fresh->groups->len > 0 ? strata_document_dup_sorted (self->fresh, NULL)
                                                             : g_ptr_array_ref (self->fresh->nodes);

  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *fresh = g_ptr_array_index (nodes, i);
      StrataLayer *layer = find_origin (source->model, fresh);
      int call = GPOINTER_TO_INT (g_hash_table_lookup (calls, fresh->layer));
      StrataRevisionPair pair = { g_object_ref (fresh), strata_revision_describe_call (self->fresh, fresh) };

      g_hash_table_insert (calls, fresh->layer, GINT_TO_POINTER (call + 1));
      if (layer != NULL)
        locate (&pair, source->origins, layer, call);
      g_array_append_val (self->pairs, pair);
    }
}

/**
 * strata_revision_new: (skip)
 *
 * Returns: (transfer full): which layers of @source are nodes of @document; names that Keras would make up count less
 *   than what a layer does and what comes before and after it
 */
StrataRevision *
strata_revision_new (StrataDocument      *document,
                     StrataPythonSource  *source,
                     GError             **error)
{
  g_autoptr (StrataRevision) self = g_new0 (StrataRevision, 1);
  gboolean good;

  self->document = g_object_ref (document);
  self->model = g_object_ref (source->model);
  self->fresh = strata_document_new ();
  self->pairs = g_array_new (FALSE, FALSE, sizeof (StrataRevisionPair));
  g_array_set_clear_func (self->pairs, pair_clear);
  strata_document_begin_group (self->fresh, "");
  good = strata_import_model (self->fresh, source->model, error) && open_groups (self, error);
  strata_document_end_group (self->fresh);
  if (!good)
    return NULL;
  self->has_groups = strata_document_writes_groups (document);
  collect_pairs (self, source);
  strata_revision_match (self);
  return g_steal_pointer (&self);
}

void
strata_revision_free (StrataRevision *self)
{
  g_array_unref (self->pairs);
  g_object_unref (self->document);
  g_object_unref (self->fresh);
  g_object_unref (self->model);
  g_free (self);
}

/**
 * strata_revision_find_node: (skip)
 * @line: of the code, from 1
 *
 * Returns: (transfer none) (nullable): the document's node that this line makes
 */
StrataDocNode *
strata_revision_find_node (StrataRevision *self,
                           guint           line)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      StrataRevisionPair *pair = strata_revision_get_pair (self, i);

      if (pair->node != NULL && pair->first <= line && line <= pair->last)
        return pair->node;
    }
  return NULL;
}

/**
 * strata_revision_find_lines: (skip)
 * @first: (out): from 1
 * @last: (out): from 1
 *
 * Returns: whether the code has lines for that node
 */
gboolean
strata_revision_find_lines (StrataRevision *self,
                            StrataDocNode  *node,
                            guint          *first,
                            guint          *last)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      StrataRevisionPair *pair = strata_revision_get_pair (self, i);

      if (pair->node != node || pair->first == 0)
        continue;
      *first = pair->first;
      *last = pair->last;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_kept (StrataRevision *self,
         StrataDocNode  *node)
{
  for (guint i = 0; i < self->pairs->len; i++)
    if (strata_revision_get_pair (self, i)->node == node)
      return TRUE;
  return FALSE;
}

/* Code does not have what is muted, which is no reason to lose it. */
static void
remove_others (StrataRevision *self)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->document->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (self->document->nodes, i);

      if (!node->muted && !is_kept (self, node))
        g_ptr_array_add (gone, g_object_ref (node));
    }
  strata_document_remove_nodes (self->document, gone);
}

/* Whether both are in the same group, of those that the code has. */
gboolean
strata_revision_same_place (StrataRevision *self,
                            StrataDocNode  *fresh,
                            StrataDocNode  *node)
{
  StrataDocNode *group = node->group;

  if (!self->has_groups)
    return TRUE;
  while (group != NULL && find_group (self->fresh, strata_doc_node_get_name (group)) == NULL)
    group = group->group;
  if (group == NULL || fresh->group == NULL)
    return group == NULL && fresh->group == NULL;
  return g_str_equal (strata_doc_node_get_name (group), strata_doc_node_get_name (fresh->group));
}

/* The document's group that a node of the code belongs in. */
static StrataDocNode *
get_place (StrataRevision *self,
           StrataDocNode  *fresh)
{
  return fresh->group != NULL ? find_group (self->document, strata_doc_node_get_name (fresh->group)) : NULL;
}

/* Groups that the code has as models, and has no more, are taken apart; those that could not be written as models
 * stay. */
static void
remove_groups (StrataRevision *self)
{
  for (guint i = self->document->groups->len; i > 0; i--)
    {
      StrataDocNode *group = g_ptr_array_index (self->document->groups, i - 1);

      if (self->has_groups && find_group (self->fresh, strata_doc_node_get_name (group)) == NULL)
        strata_document_ungroup (self->document, group);
    }
}

/* Gives a node that stays the parameters and the name that the code has for it. */
static gboolean
change_layer (StrataRevision      *self,
              StrataRevisionPair  *pair,
              GError             **error)
{
  g_autofree char *before = describe (pair->node), *after = describe (pair->fresh);
  g_autofree char *name = g_strdup (strata_doc_node_get_name (pair->is_named ? pair->fresh : pair->node));
  g_autoptr (StrataLayer) layer = NULL;
  StrataEdit *edit;

  if (g_str_equal (before, after) && g_str_equal (name, strata_doc_node_get_name (pair->node)))
    return TRUE;
  layer = strata_template_clone (pair->fresh->layer, error);
  if (layer == NULL)
    return FALSE;
  strata_layer_set_name (layer, name);
  edit = strata_edit_new (STRATA_EDIT_LAYER);
  edit->nodes = strata_document_dup_sharers (self->document, pair->node->layer);
  edit->layers[0] = g_object_ref (pair->node->layer);
  edit->layers[1] = g_steal_pointer (&layer);
  strata_document_do (self->document, edit);
  return TRUE;
}

static gboolean
is_taken (StrataDocument *document,
          double          x,
          double          y)
{
  for (guint i = 0; i < document->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (document->nodes, i);

      if (ABS (node->x - x) < BESIDE && ABS (node->y - y) < BELOW)
        return TRUE;
    }
  return FALSE;
}

static StrataRevisionPair *
find_fresh (StrataRevision *self,
            StrataDocNode  *fresh)
{
  for (guint i = 0; i < self->pairs->len; i++)
    if (strata_revision_get_pair (self, i)->fresh == fresh)
      return strata_revision_get_pair (self, i);
  return NULL;
}

/* Below the layer it follows, or beside where that is taken. */
static void
find_place (StrataRevision     *self,
            StrataRevisionPair *pair,
            double             *x,
            double             *y)
{
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self->fresh, pair->fresh, TRUE);
  StrataRevisionPair *before = wires->len > 0
                               ? find_fresh (self, strata_doc_wire_get_from (g_ptr_array_index (wires, 0))) : NULL;

  *x = before != NULL && before->node != NULL ? before->node->x : 0;
  *y = before != NULL && before->node != NULL ? before->node->y + BELOW : 0;
  while (is_taken (self->document, *x, *y))
    *x += BESIDE;
}

static gboolean
add_node (StrataRevision      *self,
          StrataRevisionPair  *pair,
          GError             **error)
{
  g_autoptr (StrataLayer) layer = NULL;
  StrataDocNode *place = self->document->place;
  double x, y;

  for (guint i = 0; i < self->pairs->len && layer == NULL; i++)
    if (strata_revision_get_pair (self, i)->fresh->layer == pair->fresh->layer &&
        strata_revision_get_pair (self, i)->node != NULL)
      layer = g_object_ref (strata_revision_get_pair (self, i)->node->layer);
  if (layer == NULL)
    {
      g_autofree char *name = strata_document_free_name (self->document, strata_doc_node_get_name (pair->fresh));

      layer = strata_template_clone (pair->fresh->layer, error);
      if (layer == NULL)
        return FALSE;
      strata_layer_set_name (layer, name);
    }
  find_place (self, pair, &x, &y);
  self->document->place = get_place (self, pair->fresh);
  pair->node = g_object_ref (strata_document_append (self->document, layer, x, y));
  self->document->place = place;
  pair->node->arguments = pair->fresh->arguments != NULL ? json_object_ref (pair->fresh->arguments) : NULL;
  pair->node->args = pair->fresh->args != NULL ? strata_json_copy (pair->fresh->args) : NULL;
  return TRUE;
}

/* What a wire brings: what is muted passes on what comes into its first input. */
static StrataDocEnd
get_source (StrataRevision *self,
            StrataDocWire  *wire)
{
  while (strata_doc_wire_get_from (wire)->muted)
    {
      g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self->document,
                                                                  strata_doc_wire_get_from (wire), TRUE);

      if (wires->len == 0)
        break;
      wire = g_ptr_array_index (wires, 0);
    }
  return (StrataDocEnd){ strata_doc_wire_get_from (wire), strata_doc_wire_get_from_port (wire) };
}

static gboolean
same_wires (StrataRevision *self,
            GPtrArray      *wires,
            GPtrArray      *wanted)
{
  if (wires->len != wanted->len)
    return FALSE;
  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *a = g_ptr_array_index (wires, i), *b = g_ptr_array_index (wanted, i);
      StrataRevisionPair *from = find_fresh (self, strata_doc_wire_get_from (b));
      StrataDocEnd source = get_source (self, a);

      if (source.node != from->node || source.port != strata_doc_wire_get_from_port (b) ||
          strata_doc_wire_get_to_port (a) != strata_doc_wire_get_to_port (b))
        return FALSE;
    }
  return TRUE;
}

/* All wires of a node at once, since their order counts. */
static void
connect_node (StrataRevision     *self,
              StrataRevisionPair *pair)
{
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self->document, pair->node, TRUE);
  g_autoptr (GPtrArray) wanted = strata_document_dup_wires_of (self->fresh, pair->fresh, TRUE);

  if (same_wires (self, wires, wanted))
    return;
  for (guint i = 0; i < wires->len; i++)
    strata_document_disconnect (self->document, g_ptr_array_index (wires, i));
  for (guint i = 0; i < wanted->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wanted, i);

      strata_document_insert_wire (self->document, find_fresh (self, strata_doc_wire_get_from (wire))->node,
                                   strata_doc_wire_get_from_port (wire), pair->node,
                                   strata_doc_wire_get_to_port (wire));
    }
}

/* Outputs are noted by the numbers of nodes, which are others here. */
static void
take_outputs (StrataRevision *self)
{
  JsonNode *outputs = strata_document_get_setting (self->fresh, "outputs");
  g_autoptr (JsonNode) copy = outputs != NULL ? strata_json_copy (outputs) : NULL;
  JsonArray *array = copy != NULL ? json_node_get_array (copy) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *end = json_array_get_array_element (array, i);
      StrataDocNode *fresh = strata_document_get_node (self->fresh, (guint) json_array_get_int_element (end, 0));

      /* What a model within the model puts out is noted by the model, which was opened. */
      if (fresh == NULL || find_fresh (self, fresh) == NULL)
        return;
      json_node_set_int (json_array_get_element (end, 0), find_fresh (self, fresh)->node->id);
    }
  strata_document_set_setting (self->document, "outputs", copy);
}

/* The part of the code that compiles, whatever form the settings have it in. */
static char *
describe_compile (StrataModel *model)
{
  g_autofree char *code = strata_model_to_python (model, NULL);
  const char *compile = code != NULL ? strstr (code, "model.compile(") : NULL;

  return g_strdup (compile);
}

static void
take_compile (StrataRevision *self)
{
  JsonNode *setting = strata_document_get_setting (self->document, "compile");
  g_autofree char *before = NULL, *after = describe_compile (self->model);
  g_autoptr (StrataModel) probe = NULL;
  g_autoptr (JsonNode) json = NULL;

  if (!strata_model_is_compiled (self->model))
    return;
  if (setting != NULL && JSON_NODE_HOLDS_OBJECT (setting))
    {
      probe = strata_sequential_new (NULL);
      if (strata_model_compile (probe, json_node_get_object (setting), NULL))
        before = describe_compile (probe);
    }
  if (g_strcmp0 (before, after) == 0)
    return;
  json = strata_json_wrap (json_object_ref (strata_model_get_compile_config (self->model)));
  strata_document_set_setting (self->document, "compile", json);
}

/**
 * strata_revision_apply: (skip)
 *
 * Makes the document what the code says, in one step that can be undone. What did not change stays
 * where it is, with its weights.
 * Returns: whether it did; on error, the document is as it was
 */
gboolean
strata_revision_apply (StrataRevision  *self,
                       GError         **error)
{
  gboolean good = TRUE;
  JsonNode *model = strata_document_get_setting (self->fresh, "model");

  strata_document_end_coalescing (self->document);
  strata_document_begin_group (self->document, _("Edit code"));
  remove_groups (self);
  remove_others (self);
  for (guint i = 0; i < self->pairs->len && good; i++)
    if (strata_revision_get_pair (self, i)->node != NULL)
      good = change_layer (self, strata_revision_get_pair (self, i), error);
  for (guint i = 0; i < self->pairs->len && good; i++)
    if (strata_revision_get_pair (self, i)->node == NULL)
      good = add_node (self, strata_revision_get_pair (self, i), error);
  for (guint i = 0; i < self->pairs->len && good; i++)
    connect_node (self, strata_revision_get_pair (self, i));
  if (good)
    {
      strata_document_set_setting (self->document, "model", model);
      take_outputs (self);
      take_compile (self);
    }
  strata_document_end_group (self->document);
  strata_document_end_coalescing (self->document);
  if (!good)
    strata_document_undo (self->document);
  return good;
}
