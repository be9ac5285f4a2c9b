/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/column-lists.h"

#include "base/json.h"
#include "data-view/table-columns.h"
#include "document/ends.h"

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static GPtrArray *
new_lists (guint n)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (lists, new_list ());
  return lists;
}

static void
read_list (JsonArray *names,
           GPtrArray *list)
{
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (strata_json_element_string (names, i) != NULL)
      g_ptr_array_add (list, g_strdup (strata_json_element_string (names, i)));
}

/**
 * strata_column_lists_read: (skip)
 * @member: "features" or "target"
 * @n: how many lists are wanted
 *
 * Returns: (transfer full): @n lists or more; columns that are in no list of lists are in the first
 */
GPtrArray *
strata_column_lists_read (JsonObject *description,
                          const char *member,
                          guint       n)
{
  JsonArray *array = strata_json_get_array (description, member);
  const char *name = strata_json_get_string (description, member, NULL);
  guint length = array != NULL ? json_array_get_length (array) : 0;
  gboolean nested = length > 0 && JSON_NODE_HOLDS_ARRAY (json_array_get_element (array, 0));
  GPtrArray *lists = new_lists (MAX (MAX (n, 1), nested ? length : 0));

  if (name != NULL)
    g_ptr_array_add (g_ptr_array_index (lists, 0), g_strdup (name));
  else if (!nested)
    read_list (array, g_ptr_array_index (lists, 0));
  for (guint i = 0; nested && i < length; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_ARRAY (element))
        read_list (json_node_get_array (element), g_ptr_array_index (lists, i));
    }
  return lists;
}

static JsonArray *
to_names (GPtrArray *list)
{
  JsonArray *names = json_array_new ();

  for (guint k = 0; k < list->len; k++)
    json_array_add_string_element (names, g_ptr_array_index (list, k));
  return names;
}

/**
 * strata_column_lists_write: (skip)
 * @lists: (element-type GPtrArray): one for each input or output; where there is but one, it is a plain list
 */
void
strata_column_lists_write (JsonObject *description,
                           const char *member,
                           GPtrArray  *lists)
{
  JsonArray *array = lists->len == 1 ? to_names (g_ptr_array_index (lists, 0)) : json_array_new ();

  for (guint i = 0; i < lists->len && lists->len > 1; i++)
    json_array_add_array_element (array, to_names (g_ptr_array_index (lists, i)));
  json_object_set_array_member (description, member, array);
}

gboolean
strata_column_lists_have (GPtrArray  *lists,
                          const char *column)
{
  for (guint i = 0; i < lists->len; i++)
    if (g_ptr_array_find_with_equal_func (g_ptr_array_index (lists, i), column, g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

/* How many numbers an input takes, or 0 where it does not say. */
static gint64
get_width (StrataDocNode *input)
{
  StrataLayer *layer = strata_doc_node_get_layer (input);
  g_autoptr (JsonNode) shape = layer != NULL ? strata_object_get_param (STRATA_OBJECT (layer), "batch_shape") : NULL;
  JsonArray *dims = shape != NULL && JSON_NODE_HOLDS_ARRAY (shape) ? json_node_get_array (shape) : NULL;

  return dims != NULL && json_array_get_length (dims) == 2 ? MAX (json_array_get_int_element (dims, 1), 0) : 0;
}

/* Each input takes as many columns as it has numbers, the last one the rest; where they do not say or there are too
 * few, all take about as many. */
static void
share_out (GPtrArray *names,
           GArray    *inputs,
           GPtrArray *lists)
{
  gint64 wanted = 0;
  gboolean told = TRUE;
  guint next = 0;

  for (guint i = 0; i + 1 < inputs->len; i++)
    {
      gint64 width = get_width (g_array_index (inputs, StrataDocEnd, i).node);

      told = told && width > 0;
      wanted += width;
    }
  told = told && wanted < names->len;
  for (guint i = 0; i < inputs->len; i++)
    {
      guint width = (guint) get_width (g_array_index (inputs, StrataDocEnd, i).node);
      guint end = i + 1 == inputs->len ? names->len : told ? next + width : names->len * (i + 1) / inputs->len;

      for (; next < end; next++)
        g_ptr_array_add (g_ptr_array_index (lists, i), g_strdup (g_ptr_array_index (names, next)));
    }
}

static GPtrArray *
list_others (const GPtrArray *columns,
             GPtrArray       *targets)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      const StrataTableColumn *column = g_ptr_array_index (columns, i);

      if (!strata_column_lists_have (targets, column->name))
        g_ptr_array_add (names, column->name);
    }
  return names;
}

static void
share_features (JsonObject      *description,
                const GPtrArray *columns,
                GPtrArray       *targets,
                GArray          *inputs)
{
  g_autoptr (GPtrArray) names = list_others (columns, targets), lists = new_lists (inputs->len);

  if (inputs->len < 2 || names->len < inputs->len)
    return;
  share_out (names, inputs, lists);
  strata_column_lists_write (description, "features", lists);
}

/* One column for each output: the last ones, as the last is what is to be predicted in most tables. */
static void
share_targets (JsonObject      *description,
               const GPtrArray *columns,
               guint            n)
{
  g_autoptr (GPtrArray) lists = new_lists (n);

  if (n < 2 || columns->len <= n)
    return;
  for (guint i = 0; i < n; i++)
    {
      const StrataTableColumn *column = g_ptr_array_index (columns, columns->len - n + i);

      g_ptr_array_add (g_ptr_array_index (lists, i), g_strdup (column->name));
    }
  strata_column_lists_write (description, "target", lists);
}

/**
 * strata_column_lists_share: (skip)
 * @description: of a table that was chosen just now
 * @columns: (element-type StrataTableColumn): what it has
 *
 * Where the network has several inputs or outputs, shares the columns out among them.
 */
void
strata_column_lists_share (JsonObject      *description,
                           const GPtrArray *columns,
                           StrataDocument  *document)
{
  g_autoptr (GArray) inputs = strata_document_dup_inputs (document), outputs = strata_document_dup_outputs (document);
  g_autoptr (GPtrArray) targets = NULL;

  share_targets (description, columns, outputs->len);
  targets = strata_column_lists_read (description, "target", outputs->len);
  share_features (description, columns, targets, inputs);
}

/**
 * strata_column_lists_keep_targets: (skip)
 *
 * Takes what is to be predicted out of what it is predicted from; where an input has nothing left then, columns are
 * shared out anew.
 */
void
strata_column_lists_keep_targets (JsonObject      *description,
                                  const GPtrArray *columns,
                                  StrataDocument  *document)
{
  g_autoptr (GArray) inputs = strata_document_dup_inputs (document);
  g_autoptr (GPtrArray) targets = strata_column_lists_read (description, "target", 1);
  g_autoptr (GPtrArray) lists = strata_column_lists_read (description, "features", 1);
  gboolean any_empty = FALSE;

  if (!json_object_has_member (description, "features"))
    return;
  for (guint i = 0; i < lists->len; i++)
    {
      GPtrArray *list = g_ptr_array_index (lists, i);

      for (guint k = list->len; k > 0; k--)
        if (strata_column_lists_have (targets, g_ptr_array_index (list, k - 1)))
          g_ptr_array_remove_index (list, k - 1);
      any_empty = any_empty || list->len == 0;
    }
  if (any_empty)
    {
      json_object_remove_member (description, "features");
      share_features (description, columns, targets, inputs);
    }
  else
    strata_column_lists_write (description, "features", lists);
}
