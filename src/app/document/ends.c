/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "document/ends.h"

#include "document/document-private.h"
#include "document/node-private.h"

static void
append (GArray        *ends,
        StrataDocNode *node,
        guint          port)
{
  StrataDocEnd end = { node, port };

  g_array_append_val (ends, end);
}

/**
 * strata_document_dup_inputs: (skip)
 *
 * Returns: (transfer full) (element-type StrataDocEnd): where data enters
 */
GArray *
strata_document_dup_inputs (StrataDocument *document)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (StrataDocEnd));

  for (guint i = 0; i < document->nodes->len; i++)
    if (strata_doc_node_is_input (g_ptr_array_index (document->nodes, i)))
      append (ends, g_ptr_array_index (document->nodes, i), 0);
  return ends;
}

/* What the document's settings say, as a model that was loaded may. */
static void
append_named (StrataDocument *document,
              GArray         *ends,
              GHashTable     *named)
{
  JsonNode *setting = strata_document_get_setting (document, "outputs");
  JsonArray *array = setting != NULL && JSON_NODE_HOLDS_ARRAY (setting) ? json_node_get_array (setting) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonArray *end = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;
      StrataDocNode *node;
      guint port;

      if (end == NULL || json_array_get_length (end) != 2)
        continue;
      node = strata_document_get_node (document, (guint) json_array_get_int_element (end, 0));
      port = (guint) json_array_get_int_element (end, 1);
      if (node == NULL || port >= strata_doc_node_get_n_outputs (node))
        continue;
      append (ends, node, port);
      g_hash_table_add (named, node);
    }
}

/**
 * strata_document_dup_outputs: (skip)
 *
 * Returns: (transfer full) (element-type StrataDocEnd): where data leaves: what settings say, and all that nothing
 *   follows
 */
GArray *
strata_document_dup_outputs (StrataDocument *document)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (StrataDocEnd));
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  append_named (document, ends, named);
  for (guint i = 0; i < document->nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (document->nodes, i);

      if (node->outgoing->len == 0 && !g_hash_table_contains (named, node))
        append (ends, node, 0);
    }
  return ends;
}

/**
 * strata_doc_ends_dup_names: (skip)
 *
 * Returns: (transfer full) (element-type utf8): what people call them: names of layers
 */
GPtrArray *
strata_doc_ends_dup_names (GArray *ends)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ends->len; i++)
    g_ptr_array_add (names, g_strdup (strata_doc_node_get_name (g_array_index (ends, StrataDocEnd, i).node)));
  return names;
}

/**
 * strata_doc_ends_are_named: (skip)
 * @names: (nullable): what they may be called
 *
 * Returns: whether these are their names
 */
gboolean
strata_doc_ends_are_named (GArray    *ends,
                           GPtrArray *names)
{
  if (names == NULL || names->len != ends->len)
    return FALSE;
  for (guint i = 0; i < ends->len; i++)
    if (!g_str_equal (strata_doc_node_get_name (g_array_index (ends, StrataDocEnd, i).node),
                      g_ptr_array_index (names, i)))
      return FALSE;
  return TRUE;
}
