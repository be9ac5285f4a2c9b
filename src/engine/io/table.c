/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

struct _StrataTable
{
  gatomicrefcount ref_count;
  guint n_rows;
  GArray *columns;
};

G_DEFINE_BOXED_TYPE (StrataTable, strata_table, strata_table_ref, strata_table_unref)

static void
column_clear (gpointer data)
{
  StrataColumn *column = data;

  g_free (column->name);
  g_free (column->numbers);
  g_strfreev (column->texts);
}

/**
 * strata_table_is_missing: (skip)
 *
 * Returns: whether @cell is one of the words that tables write for nothing
 */
gboolean
strata_table_is_missing (const char *cell)
{
  /* Besides usual ones, all that pandas takes for such */
  static const char *const words[] = {
    "", "NA", "N/A", "n/a", "<NA>", "#NA", "#N/A", "NaN", "nan", "-NaN", "-nan", "null", "NULL", "None", "?", ".",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (cell, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
parse_number (const char *cell,
              double     *number)
{
  char *end;

  *number = g_ascii_strtod (cell, &end);
  if (end == cell || g_ascii_isalpha (cell[0]))
    return FALSE;
  while (g_ascii_isspace (*end))
    end++;
  return *end == '\0' && isfinite (*number);
}

static void
column_read (StrataColumn *self,
             char *const  *cells,
             guint         stride,
             guint         n_rows)
{
  self->numbers = g_new (double, MAX (n_rows, 1));
  self->numeric = TRUE;
  for (guint row = 0; row < n_rows && self->numeric; row++)
    if (strata_table_is_missing (cells[(gsize) row * stride]))
      self->numbers[row] = NAN;
    else
      self->numeric = parse_number (cells[(gsize) row * stride], &self->numbers[row]);
  for (guint row = 0; row < n_rows; row++)
    self->n_missing += strata_table_is_missing (cells[(gsize) row * stride]);
  if (self->numeric && self->n_missing < n_rows)
    return;

  /* A column of nothing is one of texts. */
  self->numeric = FALSE;
  g_clear_pointer (&self->numbers, g_free);
  /* A NULL ends the vector, so that what is missing is "" inside. */
  self->texts = g_new0 (char *, n_rows + 1);
  for (guint row = 0; row < n_rows; row++)
    {
      const char *cell = cells[(gsize) row * stride];

      self->texts[row] = g_strdup (strata_table_is_missing (cell) ? "" : cell);
    }
}

/**
 * strata_table_new: (skip)
 * @names: (element-type utf8): names of the columns
 * @cells: (element-type utf8): the cells, row by row
 *
 * Returns: (transfer full): a table; a column is numeric where all its cells are numbers or missing
 */
StrataTable *
strata_table_new (GPtrArray  *names,
                  GPtrArray  *cells,
                  GError    **error)
{
  StrataTable *self;

  if (names->len == 0 || cells->len == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "the table is empty");
      return NULL;
    }

  self = g_new0 (StrataTable, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_rows = cells->len / names->len;
  self->columns = g_array_new (FALSE, TRUE, sizeof (StrataColumn));
  g_array_set_clear_func (self->columns, column_clear);
  g_array_set_size (self->columns, names->len);
  for (guint i = 0; i < names->len; i++)
    {
      StrataColumn *column = &g_array_index (self->columns, StrataColumn, i);

      column->name = g_strdup (g_ptr_array_index (names, i));
      column_read (column, (char *const *) cells->pdata + i, names->len, self->n_rows);
    }
  return self;
}

StrataTable *
strata_table_ref (StrataTable *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
strata_table_unref (StrataTable *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->columns);
  g_free (self);
}

guint
strata_table_get_n_columns (StrataTable *self)
{
  return self->columns->len;
}

guint
strata_table_get_n_rows (StrataTable *self)
{
  return self->n_rows;
}

/**
 * strata_table_get_column: (skip)
 *
 * Returns: (transfer none): column number @i
 */
const StrataColumn *
strata_table_get_column (StrataTable *self,
                         guint        i)
{
  g_return_val_if_fail (i < self->columns->len, NULL);

  return &g_array_index (self->columns, StrataColumn, i);
}

/**
 * strata_table_find_column: (skip)
 *
 * Returns: (transfer none): the column called @name, or %NULL with an @error that lists those there are
 */
const StrataColumn *
strata_table_find_column (StrataTable  *self,
                          const char   *name,
                          GError      **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const StrataColumn *column = strata_table_get_column (self, i);

      if (g_str_equal (column->name, name))
        return column;
      if (known->len < 400)
        g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", column->name);
    }
  strata_set_error (error, STRATA_ERROR_NAME, "There is no column called “%s”; there are %s", name, known->str);
  return NULL;
}

/**
 * strata_column_is_missing: (skip)
 *
 * Returns: whether the cell of a row was empty or said so ("NA", "null", ...)
 */
gboolean
strata_column_is_missing (const StrataColumn *self,
                          guint               row)
{
  return self->numeric ? isnan (self->numbers[row]) : self->texts[row][0] == '\0';
}

/**
 * strata_column_dup_text: (skip)
 *
 * Returns: (transfer full): a cell as text, "" where it is missing
 */
char *
strata_column_dup_text (const StrataColumn *self,
                        guint               row)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!self->numeric)
    return g_strdup (self->texts[row]);
  if (isnan (self->numbers[row]))
    return g_strdup ("");
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", self->numbers[row]));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double x = g_ascii_strtod (*(const char *const *) a, NULL), y = g_ascii_strtod (*(const char *const *) b, NULL);

  return (x > y) - (x < y);
}

/**
 * strata_column_dup_classes: (skip)
 *
 * Returns: (transfer full) (element-type utf8): the different values, sorted; missing ones are none
 */
GPtrArray *
strata_column_dup_classes (const StrataColumn *self,
                           guint               n_rows)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *classes = g_ptr_array_new_with_free_func (g_free);

  for (guint row = 0; row < n_rows; row++)
    {
      g_autofree char *text = strata_column_dup_text (self, row);

      if (text[0] == '\0' || g_hash_table_contains (seen, text))
        continue;
      g_ptr_array_add (classes, text);
      g_hash_table_add (seen, g_steal_pointer (&text));
    }
  g_ptr_array_sort (classes, self->numeric ? compare_numbers : compare_texts);
  return classes;
}

/**
 * strata_table_to_tensor:
 *
 * Returns: (transfer full): a float32 matrix of all cells, or %NULL where a column is not of numbers
 */
StrataTensor *
strata_table_to_tensor (StrataTable  *self,
                        GError      **error)
{
  guint n = self->columns->len;
  StrataTensor *tensor;

  for (guint i = 0; i < n; i++)
    if (!strata_table_get_column (self, i)->numeric)
      {
        strata_set_error (error, STRATA_ERROR_DATA, "the column “%s” has texts, not numbers",
                          strata_table_get_column (self, i)->name);
        return NULL;
      }

  tensor = strata_tensor_try_new (STRATA_FLOAT32, &STRATA_SHAPE (self->n_rows, n), error);
  for (guint row = 0; tensor != NULL && row < self->n_rows; row++)
    for (guint i = 0; i < n; i++)
      strata_tensor_get_floats (tensor)[(gsize) row * n + i] = strata_table_get_column (self, i)->numbers[row];
  return tensor;
}
