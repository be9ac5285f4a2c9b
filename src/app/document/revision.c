/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/revision-private.h"

#include "base/json.h"
#include "document/import.h"
#include "document/node-private.h"
#include "document/template.h"
#include "io/code/python-value.h"
#include "layers/naming.h"
#include "layers/operator.h"
#include "models/sequential.h"

static void
pair_clear (gpointer data)
{
  StrataRevisionPair *pair = data;

  g_clear_object (&pair->fresh);
  g_clear_object (&pair->node);
  g_free (pair->text);
}

/* What a layer does, whatever it is called, as code has it: all else that files note is the same for the code. */
char *
strata_revision_describe (StrataDocNode *node)
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
  g_autofree char *layer = strata_revision_describe (node);
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

StrataDocNode *
strata_revision_find_group (StrataDocument *document,
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

      if (!STRATA_IS_MODEL (node->layer) || strata_revision_find_group (self->document, name) == NULL ||
          strata_revision_find_group (self->fresh, name) != NULL)
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

/* Whether both are in the same group, of those that the code has. */
gboolean
strata_revision_same_place (StrataRevision *self,
                            StrataDocNode  *fresh,
                            StrataDocNode  *node)
{
  StrataDocNode *group = node->group;

  if (!self->has_groups)
    return TRUE;
  while (group != NULL && strata_revision_find_group (self->fresh, strata_doc_node_get_name (group)) == NULL)
    group = group->group;
  if (group == NULL || fresh->group == NULL)
    return group == NULL && fresh->group == NULL;
  return g_str_equal (strata_doc_node_get_name (group), strata_doc_node_get_name (fresh->group));
}
