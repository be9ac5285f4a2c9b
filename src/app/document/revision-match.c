/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/json.h"
#include "document/json.h"
#include "document/node-private.h"
#include "document/revision-private.h"

/* What is being matched: the document's nodes in order, what they do, and which are still free. */
typedef struct
{
  StrataRevision *revision;
  GPtrArray *nodes;
  GPtrArray *texts;
  GHashTable *layers;   /* template in the code -> template in the document */
  GHashTable *taken;    /* nodes and templates of the document that are matched */
} Matching;

static gboolean
same_json (JsonNode *a,
           JsonNode *b)
{
  g_autofree char *first = a != NULL ? strata_json_to_text (a, FALSE) : NULL;
  g_autofree char *second = b != NULL ? strata_json_to_text (b, FALSE) : NULL;

  return g_strcmp0 (first, second) == 0;
}

static JsonNode *
wrap_arguments (StrataDocNode *node)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GList) names = node->arguments != NULL ? json_object_get_members (node->arguments) : NULL;

  /* None says nothing. */
  for (GList *l = names; l != NULL; l = l->next)
    if (!JSON_NODE_HOLDS_NULL (json_object_get_member (node->arguments, l->data)))
      json_object_set_member (object, l->data, strata_json_copy (json_object_get_member (node->arguments, l->data)));
  return strata_json_wrap (object);
}

static gboolean
same_call (StrataDocNode *a,
           StrataDocNode *b)
{
  g_autoptr (JsonNode) first = wrap_arguments (a), second = wrap_arguments (b);

  return same_json (first, second) && same_json (a->args, b->args);
}

/* Layers that are shared in the one must be shared in the other. */
static gboolean
can_match (Matching           *self,
           StrataRevisionPair *pair,
           StrataDocNode      *node)
{
  StrataLayer *layer = g_hash_table_lookup (self->layers, pair->fresh->layer);

  return pair->node == NULL && !g_hash_table_contains (self->taken, node) &&
         (layer != NULL ? layer == node->layer : !g_hash_table_contains (self->taken, node->layer)) &&
         g_str_equal (strata_doc_node_get_class_name (pair->fresh), strata_doc_node_get_class_name (node)) &&
         same_call (pair->fresh, node) && strata_revision_same_place (self->revision, pair->fresh, node);
}

static void
match (Matching           *self,
       StrataRevisionPair *pair,
       StrataDocNode      *node)
{
  pair->node = g_object_ref (node);
  g_hash_table_insert (self->layers, pair->fresh->layer, node->layer);
  g_hash_table_add (self->taken, node);
  g_hash_table_add (self->taken, node->layer);
}

/* What the code calls by a name is what has that name. */
static void
match_names (Matching *self,
             gboolean  given)
{
  for (guint i = 0; i < self->revision->pairs->len; i++)
    {
      StrataRevisionPair *pair = strata_revision_get_pair (self->revision, i);

      if (given && !pair->is_named)
        continue;
      for (guint k = 0; k < self->nodes->len && pair->node == NULL; k++)
        {
          StrataDocNode *node = g_ptr_array_index (self->nodes, k);

          if (g_str_equal (strata_doc_node_get_name (pair->fresh), strata_doc_node_get_name (node)) &&
              (given || g_str_equal (pair->text, g_ptr_array_index (self->texts, k))) && can_match (self, pair, node))
            match (self, pair, node);
        }
    }
}

static gboolean
is_same (Matching *self,
         guint     i,
         guint     k)
{
  StrataRevisionPair *pair = strata_revision_get_pair (self->revision, i);
  StrataDocNode *node = g_ptr_array_index (self->nodes, k);

  return g_str_equal (pair->text, g_ptr_array_index (self->texts, k)) &&
         (pair->node == NULL ? can_match (self, pair, node) : pair->node == node);
}

/* The longest row of layers that do the same in both. */
static void
match_sequence (Matching *self)
{
  guint n = self->revision->pairs->len, m = self->nodes->len;
  g_autofree guint *lengths = NULL;

  if ((guint64) n * m > 4000000)
    return;
  lengths = g_new0 (guint, (gsize) (n + 1) * (m + 1));
#define AT(i, k) lengths[(gsize) (i) * (m + 1) + (k)]
  for (guint i = n; i > 0; i--)
    for (guint k = m; k > 0; k--)
      {
        AT (i - 1, k - 1) = is_same (self, i - 1, k - 1) ? AT (i, k) + 1 : MAX (AT (i, k - 1), AT (i - 1, k));
      }
  for (guint i = 0, k = 0; i < n && k < m;)
    {
      StrataRevisionPair *pair = strata_revision_get_pair (self->revision, i);
      StrataDocNode *node = g_ptr_array_index (self->nodes, k);

      if (is_same (self, i, k) && AT (i, k) == AT (i + 1, k + 1) + 1)
        {
          if (pair->node == NULL)
            match (self, pair, node);
          i++;
          k++;
        }
      else if (AT (i, k) == AT (i + 1, k))
        i++;
      else
        k++;
    }
#undef AT
}

/* What is left between two that are matched and of the same class was changed. */
static void
match_changed (Matching *self)
{
  guint from = 0;

  for (guint i = 0; i < self->revision->pairs->len; i++)
    {
      StrataRevisionPair *pair = strata_revision_get_pair (self->revision, i);
      guint place;

      if (pair->node != NULL)
        {
          from = g_ptr_array_find (self->nodes, pair->node, &place) ? place + 1 : from;
          continue;
        }
      for (guint k = from; k < self->nodes->len && pair->node == NULL; k++)
        {
          StrataDocNode *node = g_ptr_array_index (self->nodes, k);

          if (g_hash_table_contains (self->taken, node))
            break;
          if (can_match (self, pair, node) &&
              (!pair->is_named || !strata_revision_find_layer (self->revision->model, strata_doc_node_get_name (node))))
            {
              match (self, pair, node);
              from = k + 1;
            }
        }
    }
}

/**
 * strata_revision_match: (skip)
 *
 * Finds for each layer in the code the node that it is.
 */
void
strata_revision_match (StrataRevision *self)
{
  g_autoptr (GPtrArray) sorted = strata_document_dup_sorted (self->document, NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) layers = g_hash_table_new (NULL, NULL), taken = g_hash_table_new (NULL, NULL);
  Matching matching = { self, sorted, texts, layers, taken };

  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (texts, strata_revision_describe_call (self->document, g_ptr_array_index (sorted, i)));
  match_names (&matching, TRUE);
  match_sequence (&matching);
  match_names (&matching, FALSE);
  match_changed (&matching);
}
