/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/revision-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/json.h"
#include "document/json.h"
#include "document/node-private.h"
#include "document/template.h"
#include "models/sequential.h"

/* How far below the layer before it a new one lies, and how far beside others. */
#define BELOW 144
#define BESIDE 264

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

/* The document's group that a node of the code belongs in. */
static StrataDocNode *
get_place (StrataRevision *self,
           StrataDocNode  *fresh)
{
  return fresh->group != NULL
         ? strata_revision_find_group (self->document, strata_doc_node_get_name (fresh->group)) : NULL;
}

/* Groups that the code has as models, and has no more, are taken apart; those that could not be written as models
 * stay. */
static void
remove_groups (StrataRevision *self)
{
  for (guint i = self->document->groups->len; i > 0; i--)
    {
      StrataDocNode *group = g_ptr_array_index (self->document->groups, i - 1);

      if (self->has_groups && strata_revision_find_group (self->fresh, strata_doc_node_get_name (group)) == NULL)
        strata_document_ungroup (self->document, group);
    }
}

/* Gives a node that stays the parameters and the name that the code has for it. */
static gboolean
change_layer (StrataRevision      *self,
              StrataRevisionPair  *pair,
              GError             **error)
{
  g_autofree char *before = strata_revision_describe (pair->node), *after = strata_revision_describe (pair->fresh);
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
