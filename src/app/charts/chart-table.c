/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/chart-table.h"

#include <math.h>
#include <string.h>

#include "charts/drawing.h"

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

/* The lines that are named; those of batches only if there are no others. */
static GPtrArray *
pick_series (StrataChart *chart)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (int faint = 0; faint < 2 && picked->len == 0; faint++)
    for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
      {
        StrataSeries *series = strata_chart_get_series (chart, i);

        if (faint ? strata_series_get_visible (series) && strata_series_get_n (series) > 0
                  : strata_chart_is_labelled (series))
          g_ptr_array_add (picked, series);
      }
  return picked;
}

static GArray *
collect_x (GPtrArray *picked)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (double));
  guint n = 0;

  for (guint i = 0; i < picked->len; i++)
    {
      StrataSeries *series = g_ptr_array_index (picked, i);

      g_array_append_vals (all, strata_series_get_x (series), strata_series_get_n (series));
    }
  g_array_sort (all, compare_doubles);
  for (guint i = 0; i < all->len; i++)
    if (n == 0 || g_array_index (all, double, i) != g_array_index (all, double, n - 1))
      g_array_index (all, double, n++) = g_array_index (all, double, i);
  g_array_set_size (all, n);
  return all;
}

static void
fill_column (StrataChartTable *self,
             guint             column,
             StrataSeries     *series)
{
  const double *x = strata_series_get_x (series), *y = strata_series_get_y (series);
  gsize n = strata_series_get_n (series), next = 0;

  for (guint row = 0; row < self->n_rows; row++)
    {
      double value = NAN;

      for (; next < n && x[next] <= self->x[row]; next++)
        if (x[next] == self->x[row])
          value = y[next];
      self->values[(gsize) row * self->n_columns + column] = value;
    }
}

/**
 * strata_chart_table_new: (skip)
 * @chart: a chart
 *
 * Returns: (transfer full): its numbers as they are now
 */
StrataChartTable *
strata_chart_table_new (StrataChart *chart)
{
  g_autoptr (GPtrArray) picked = NULL;
  StrataChartTable *self;
  GArray *x;

  g_return_val_if_fail (STRATA_IS_CHART (chart), NULL);

  self = g_new0 (StrataChartTable, 1);
  picked = pick_series (chart);
  x = collect_x (picked);
  self->n_columns = picked->len;
  self->n_rows = x->len;
  self->x = (double *) (gpointer) g_array_free (x, FALSE);
  self->names = g_new0 (char *, picked->len + 1);
  self->values = g_new (double, MAX (1, (gsize) self->n_rows * self->n_columns));
  for (guint i = 0; i < picked->len; i++)
    {
      const char *name = strata_series_get_name (g_ptr_array_index (picked, i));

      self->names[i] = g_strdup (name != NULL ? name : "");
      fill_column (self, i, g_ptr_array_index (picked, i));
    }
  return self;
}

/**
 * strata_chart_table_free: (skip)
 * @self: a table
 */
void
strata_chart_table_free (StrataChartTable *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->names);
  g_free (self->x);
  g_free (self->values);
  g_free (self);
}

/**
 * strata_chart_table_get: (skip)
 * @self: a table
 * @row: which epoch
 * @column: which line
 *
 * Returns: the value; NaN if there is none
 */
double
strata_chart_table_get (const StrataChartTable *self,
                        guint                   row,
                        guint                   column)
{
  g_return_val_if_fail (row < self->n_rows && column < self->n_columns, (double) NAN);

  return self->values[(gsize) row * self->n_columns + column];
}

static void
append_field (GString    *text,
              const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *p = field; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static void
append_number (GString *text,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.9g", value));
}

/**
 * strata_chart_table_to_csv: (skip)
 * @self: a table
 *
 * Returns: (transfer full): its numbers, separated by commas, with a point in any language
 */
char *
strata_chart_table_to_csv (const StrataChartTable *self)
{
  GString *text = g_string_new ("epoch");

  for (guint column = 0; column < self->n_columns; column++)
    {
      g_string_append_c (text, ',');
      append_field (text, self->names[column]);
    }
  g_string_append_c (text, '\n');
  for (guint row = 0; row < self->n_rows; row++)
    {
      append_number (text, self->x[row]);
      for (guint column = 0; column < self->n_columns; column++)
        {
          g_string_append_c (text, ',');
          append_number (text, strata_chart_table_get (self, row, column));
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
