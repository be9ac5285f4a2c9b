/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/table-columns.h"

#include <stdio.h>
#include <string.h>

#include "io/formats/csv.h"

/* Rows that are looked at to find out what a column is. */
#define MOST_ROWS 200
/* Names and categories have fewer words. */
#define LEAST_WORDS 3

static void
column_free (gpointer data)
{
  StrataTableColumn *column = data;

  g_free (column->name);
  g_free (column);
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    n += *words[i] != '\0';
  return n;
}

/* A text that sorts as the date in @text does: ISO 8601 does as it is, "31.12.2024" and "12/31/2024" anew; NULL for
 * others. */
static char *
to_sortable_date (const char *text)
{
  guint first, second, year;
  char mark;

  if (strlen (text) < 7)
    return NULL;
  if (g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[3]) && (text[4] == '-' || text[4] == '/'))
    return g_strdup (text);
  if (sscanf (text, "%2u%c%2u%*c%4u", &first, &mark, &second, &year) != 4 || strchr ("./", mark) == NULL || year < 1000)
    return NULL;
  return mark == '.' ? g_strdup_printf ("%04u-%02u-%02u", year, second, first)
                     : g_strdup_printf ("%04u-%02u-%02u", year, first, second);
}

/* Rows that follow each other in time. */
static gboolean
looks_dated (const StrataColumn *column,
             guint               n)
{
  g_autofree char *before = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *date = to_sortable_date (column->texts[i]);

      if (date == NULL || (before != NULL && strcmp (before, date) > 0))
        return FALSE;
      g_free (before);
      before = g_steal_pointer (&date);
    }
  return n > 1;
}

static StrataTableColumn *
describe (const StrataColumn *column,
          guint               n_rows)
{
  StrataTableColumn *described = g_new0 (StrataTableColumn, 1);
  guint n = MIN (n_rows, MOST_ROWS);

  described->name = g_strdup (column->name);
  described->numeric = column->numeric;
  if (column->numeric || n == 0)
    return described;
  described->dated = looks_dated (column, n);
  for (guint i = 0; i < n; i++)
    described->words += count_words (column->texts[i]) / (double) n;
  return described;
}

static void
work (GTask        *task,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (StrataTable) table = strata_csv_read (task_data, &error);
  GPtrArray *columns;

  if (table == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  columns = g_ptr_array_new_with_free_func (column_free);
  for (guint i = 0; i < strata_table_get_n_columns (table); i++)
    g_ptr_array_add (columns, describe (strata_table_get_column (table, i), strata_table_get_n_rows (table)));
  g_task_return_pointer (task, columns, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * strata_table_columns_read_async: (skip)
 * @path: a CSV file
 */
void
strata_table_columns_read_async (const char          *path,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, work);
}

/**
 * strata_table_columns_read_finish: (skip)
 *
 * Returns: (transfer full) (element-type StrataTableColumn): the columns, or %NULL with @error set
 */
GPtrArray *
strata_table_columns_read_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * strata_table_columns_guess_kind: (skip)
 *
 * Returns: "text" where a column has sentences, "series" where rows follow each other in time, else "csv"
 */
const char *
strata_table_columns_guess_kind (const GPtrArray *columns)
{
  guint n_numbers = 0, n_others = 0;
  gboolean dated = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      const StrataTableColumn *column = g_ptr_array_index (columns, i);

      if (column->words >= LEAST_WORDS)
        return "text";
      dated |= column->dated;
      n_numbers += column->numeric;
      n_others += !column->numeric && !column->dated;
    }
  return dated && n_numbers > 0 && n_others <= 1 ? "series" : "csv";
}

/**
 * strata_table_columns_guess_text: (skip)
 *
 * Returns: (nullable): the name of the wordiest column
 */
const char *
strata_table_columns_guess_text (const GPtrArray *columns)
{
  const StrataTableColumn *best = NULL;

  for (guint i = 0; i < columns->len; i++)
    {
      const StrataTableColumn *column = g_ptr_array_index (columns, i);

      if (!column->numeric && (best == NULL || column->words > best->words))
        best = column;
    }
  return best != NULL ? best->name : NULL;
}

/**
 * strata_table_columns_guess_target: (skip)
 * @kind: what the table is read as
 *
 * Returns: (nullable): the name of the last column that may be what is to be predicted, as it is in most tables
 */
const char *
strata_table_columns_guess_target (const GPtrArray *columns,
                                   const char      *kind)
{
  const char *text = g_str_equal (kind, "text") ? strata_table_columns_guess_text (columns) : NULL;

  for (guint i = columns->len; i > 0; i--)
    {
      const StrataTableColumn *column = g_ptr_array_index (columns, i - 1);

      if (g_strcmp0 (column->name, text) != 0 && (column->numeric || !g_str_equal (kind, "series")))
        return column->name;
    }
  return NULL;
}
