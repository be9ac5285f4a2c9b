/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/table-set.h"

#include <inttypes.h>

#include "base/json.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/joined-source.h"
#include "models/array-source.h"

static gboolean
add_column (StrataTable  *table,
            const char   *name,
            GPtrArray    *columns,
            GError      **error)
{
  const StrataColumn *column;

  if (name == NULL)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "Columns are given by their names");
      return FALSE;
    }
  column = strata_table_find_column (table, name, error);
  if (column == NULL)
    return FALSE;
  g_ptr_array_add (columns, (gpointer) column);
  return TRUE;
}

/**
 * strata_table_choose: (skip)
 * @member: the description's member that names columns: one or a list
 * @others: (nullable): where it names none, all but these; %NULL for none then
 *
 * Returns: (transfer full): const StrataColumn pointers
 */
GPtrArray *
strata_table_choose (StrataTable  *table,
                     JsonObject   *description,
                     const char   *member,
                     GPtrArray    *others,
                     GError      **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  JsonArray *names = strata_json_get_array (description, member);
  const char *name = strata_json_get_string (description, member, NULL);

  if (name != NULL && !add_column (table, name, columns, error))
    return NULL;
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (!add_column (table, strata_json_element_string (names, i), columns, error))
      return NULL;
  if (name == NULL && names == NULL && others != NULL)
    for (guint i = 0; i < strata_table_get_n_columns (table); i++)
      if (!g_ptr_array_find (others, strata_table_get_column (table, i), NULL))
        g_ptr_array_add (columns, (gpointer) strata_table_get_column (table, i));
  return g_steal_pointer (&columns);
}

static gboolean
add_list (StrataTable  *table,
          JsonNode     *names,
          const char   *member,
          GPtrArray    *lists,
          GError      **error)
{
  g_autoptr (JsonObject) own = json_object_new ();
  GPtrArray *columns;

  json_object_set_member (own, member, json_node_copy (names));
  columns = strata_table_choose (table, own, member, NULL, error);
  if (columns == NULL)
    return FALSE;
  g_ptr_array_add (lists, columns);
  if (columns->len > 0)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_DATA, "A list of “%s” names no column", member);
  return FALSE;
}

/**
 * strata_table_choose_lists: (skip)
 * @member: the description's member that names columns: one, a list, or a list of lists, one for each input or output
 * @others: (nullable): as in strata_table_choose()
 *
 * Returns: (transfer full) (element-type GPtrArray): lists of const StrataColumn pointers, one where there are no
 *   several
 */
GPtrArray *
strata_table_choose_lists (StrataTable *table,
                           JsonObject  *description,
                           const char  *member,
                           GPtrArray   *others,
                           GError     **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  JsonArray *names = strata_json_get_array (description, member);
  GPtrArray *columns;

  if (names != NULL && json_array_get_length (names) > 0 && JSON_NODE_HOLDS_ARRAY (json_array_get_element (names, 0)))
    {
      for (guint i = 0; i < json_array_get_length (names); i++)
        if (!add_list (table, json_array_get_element (names, i), member, lists, error))
          return NULL;
      return g_steal_pointer (&lists);
    }
  columns = strata_table_choose (table, description, member, others, error);
  if (columns == NULL)
    return NULL;
  g_ptr_array_add (lists, columns);
  return g_steal_pointer (&lists);
}

/**
 * strata_table_usable_rows: (skip)
 * @keep_missing: whether rows where some of the columns are missing are used, too
 *
 * Returns: (transfer full): numbers of rows, as gint64
 */
GArray *
strata_table_usable_rows (StrataTable *table,
                          GPtrArray   *columns,
                          gboolean     keep_missing)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 row = 0; row < strata_table_get_n_rows (table); row++)
    {
      gboolean complete = TRUE;

      for (guint i = 0; i < columns->len && !keep_missing; i++)
        complete = complete && !strata_column_is_missing (g_ptr_array_index (columns, i), row);
      if (complete)
        g_array_append_val (rows, row);
    }
  return rows;
}

/**
 * strata_column_is_class: (skip)
 *
 * Whether a target is a class: the description's `task` says so
 * ("classification" or "regression"); otherwise texts are and numbers are not.
 * On an unknown task, @error is set.
 */
gboolean
strata_column_is_class (const StrataColumn  *column,
                        JsonObject          *description,
                        GError             **error)
{
  const char *task = strata_json_get_string (description, "task", column->numeric ? "regression" : "classification");

  if (g_str_equal (task, "classification"))
    return TRUE;
  if (!g_str_equal (task, "regression"))
    strata_set_error (error, STRATA_ERROR_VALUE, "“task” must be “classification” or “regression”, not “%s”", task);
  else if (!column->numeric)
    strata_set_error (error, STRATA_ERROR_DATA, "The column “%s” has texts, which cannot be the target of a regression",
                      column->name);
  return FALSE;
}

/**
 * strata_column_to_classes: (skip)
 * @classes: names of the classes, in order
 * @rows: which rows
 *
 * Returns: (transfer full): the number of each row's class, int32
 */
StrataTensor *
strata_column_to_classes (const StrataColumn  *column,
                          GPtrArray           *classes,
                          const gint64        *rows,
                          gint64               n,
                          GError             **error)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (StrataTensor) result = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (n));

  for (guint i = 0; i < classes->len; i++)
    g_hash_table_insert (numbers, g_ptr_array_index (classes, i), GUINT_TO_POINTER (i));
  for (gint64 i = 0; i < n; i++)
    {
      g_autofree char *text = strata_column_dup_text (column, rows[i]);
      gpointer number;

      if (!g_hash_table_lookup_extended (numbers, text, NULL, &number))
        {
          strata_set_error (error, STRATA_ERROR_DATA, "Row %" PRId64 " of the column “%s” has no class",
                            rows[i] + 1, column->name);
          return NULL;
        }
      ((gint32 *) strata_tensor_get_data (result))[i] = GPOINTER_TO_UINT (number);
    }
  return g_steal_pointer (&result);
}

static void
split (StrataTensor  *array,
       gint64         n_train,
       StrataSource **train,
       StrataSource **test)
{
  gint64 n = strata_tensor_get_dim (array, 0);
  g_autoptr (StrataTensor) first = strata_tensor_slice (array, 0, n_train);

  *train = strata_array_source_new1 (first);
  if (n_train < n)
    {
      g_autoptr (StrataTensor) rest = strata_tensor_slice (array, n_train, n - n_train);

      *test = strata_array_source_new1 (rest);
    }
}

/**
 * strata_data_set_split_x: (skip)
 * @array: inputs, those to train with first
 * @n_train: how many of those there are
 */
void
strata_data_set_split_x (StrataDataSet *self,
                         StrataTensor  *array,
                         gint64         n_train)
{
  split (array, n_train, &self->x, &self->test_x);
}

void
strata_data_set_split_y (StrataDataSet *self,
                         StrataTensor  *array,
                         gint64         n_train)
{
  split (array, n_train, &self->y, &self->test_y);
}

/**
 * strata_data_set_join_inputs: (skip)
 * @inputs: (element-type StrataDataSet): several, with as many samples
 *
 * Has a sample be one of each of them.
 */
void
strata_data_set_join_inputs (StrataDataSet *self,
                             GPtrArray     *inputs)
{
  g_autoptr (GPtrArray) x = g_ptr_array_new (), test_x = g_ptr_array_new ();

  for (guint i = 0; i < inputs->len; i++)
    {
      const StrataDataSet *input = g_ptr_array_index (inputs, i);

      g_ptr_array_add (x, input->x);
      g_ptr_array_add (test_x, input->test_x);
    }
  self->inputs = g_ptr_array_ref (inputs);
  self->x = strata_joined_source_new (x);
  self->test_x = g_ptr_array_index (test_x, 0) != NULL ? strata_joined_source_new (test_x) : NULL;
}

/**
 * strata_data_set_join_outputs: (skip)
 * @outputs: (element-type StrataDataSet): several, with as many targets
 */
void
strata_data_set_join_outputs (StrataDataSet *self,
                              GPtrArray     *outputs)
{
  g_autoptr (GPtrArray) y = g_ptr_array_new (), test_y = g_ptr_array_new ();

  for (guint i = 0; i < outputs->len; i++)
    {
      const StrataDataSet *output = g_ptr_array_index (outputs, i);

      g_ptr_array_add (y, output->y);
      g_ptr_array_add (test_y, output->test_y);
    }
  self->outputs = g_ptr_array_ref (outputs);
  self->y = strata_joined_source_new (y);
  self->test_y = g_ptr_array_index (test_y, 0) != NULL ? strata_joined_source_new (test_y) : NULL;
}

/**
 * strata_data_load_preset: (skip)
 * @kind: the kind of data that reads the file
 * @file: a bundled file
 * @preset: (nullable): a description as JSON, without kind and path
 * @description: what was asked for; what it has besides its kind takes precedence
 *
 * Returns: (transfer full): the samples of a bundled file
 */
StrataDataSet *
strata_data_load_preset (const char  *kind,
                         const char  *file,
                         const char  *preset,
                         JsonObject  *description,
                         GError     **error)
{
  g_autofree char *path = strata_data_find (file, error);
  g_autoptr (JsonNode) node = path != NULL ? strata_json_parse (preset, -1, error) : NULL;
  g_autoptr (GList) members = json_object_get_members (description);
  JsonObject *merged;

  if (node == NULL)
    return NULL;
  merged = json_node_get_object (node);
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (merged, l->data, json_node_copy (json_object_get_member (description, l->data)));
  json_object_set_string_member (merged, "path", path);
  return strata_data_kind_lookup (kind)->load (merged, NULL, error);
}
