/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "base/error.h"
#include "layers/naming.h"
#include "layers/operator.h"
#include "models/summary-rows.h"
#include "models/summary-table.h"
#include "models/summary-totals.h"

/* What Keras takes where the terminal is wide enough. */
#define PLAIN_WIDTH 88
#define CONNECTED_WIDTH 108
#define TRAINABLE_WIDTH 12
#define LEAST_WIDTH 40

static const char *
tell_trainable (StrataLayer *layer)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (layer);

  return weights->len == 0 ? "-" : strata_layer_get_trainable (layer) ? "Y" : "N";
}

static const char *
get_row_name (const StrataSummaryRow *row)
{
  return row->mask != NULL ? row->mask->name : strata_layer_get_name (row->layer);
}

static char *
tell_shapes (const StrataSummaryRow *row)
{
  guint n = row->n_specs;
  g_autoptr (GString) text = g_string_new (n == 1 ? "" : "[");

  if (n == 0)
    return g_strdup ("?");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *shape = strata_shape_to_string (&row->specs[i].shape);
      char *comma = row->specs[i].shape.rank == 1 ? strchr (shape, ',') : NULL;

      /* Keras writes a single dimension as no tuple of Python's. */
      if (comma != NULL)
        memmove (comma, comma + 1, strlen (comma));
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", shape);
    }
  if (n != 1)
    g_string_append_c (text, ']');
  return g_strdup (text->str);
}

static char *
tell_params (const StrataSummaryRow *row)
{
  g_autofree char *count = NULL;

  if (row->mask != NULL)
    return g_strdup ("0");
  count = strata_summary_format_count (strata_layer_count_params (row->layer, FALSE));
  return g_strconcat (count, strata_layer_is_built (row->layer) || STRATA_IS_OPERATOR (row->layer)
                      ? NULL : " (unbuilt)", NULL);
}

static void
add_cells (const StrataSummaryRows    *self,
           const StrataSummaryOptions *options,
           const StrataSummaryRow     *row,
           guint                       depth,
           GPtrArray                  *rows)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autofree char *name = NULL, *params = tell_params (row), *shape = tell_shapes (row);
  const char *class_name = row->mask != NULL
                             ? row->mask->class_name
                             : strata_naming_get_own (strata_object_get_class_name (STRATA_OBJECT (row->layer)));

  name = g_strdup_printf ("%*s%s%s (%s)", 3 * depth, "", depth > 0 ? "└ " : "", get_row_name (row), class_name);
  g_strv_builder_add (cells, name);
  g_strv_builder_add (cells, shape);
  g_strv_builder_add (cells, params);
  if (self->connected)
    g_strv_builder_add (cells, depth > 0 ? "-" : row->connections);
  if (options->show_trainable)
    g_strv_builder_add (cells, row->mask != NULL ? "-" : tell_trainable (row->layer));
  g_ptr_array_add (rows, g_strv_builder_end (cells));
}

/* Which rows are shown: from the first that matches one pattern to the last that matches the other, as Keras takes
 * it. */
static gboolean
find_range (const StrataSummaryRows     *self,
            const StrataSummaryOptions  *options,
            guint                       *start,
            guint                       *end,
            GError                     **error)
{
  const char *patterns[] = { options->first_layer, options->last_layer };
  guint lowest[2], highest[2];

  *start = 0;
  *end = self->rows->len;
  if (options->first_layer == NULL && options->last_layer == NULL)
    return TRUE;
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GRegex) regex = g_regex_new (patterns[k] != NULL ? patterns[k] : "", G_REGEX_ANCHORED,
                                              G_REGEX_MATCH_ANCHORED, error);
      gboolean found = FALSE;

      if (regex == NULL)
        return FALSE;
      for (guint i = 0; i < self->rows->len; i++)
        if (g_regex_match (regex, get_row_name (&g_array_index (self->rows, StrataSummaryRow, i)), 0, NULL))
          {
            lowest[k] = found ? lowest[k] : i;
            highest[k] = i;
            found = TRUE;
          }
      if (!found)
        {
          strata_set_error (error, STRATA_ERROR_VALUE, "No layer of the model “%s” is called “%s”",
                            strata_layer_get_name (STRATA_LAYER (self->model)), patterns[k] != NULL ? patterns[k] : "");
          return FALSE;
        }
    }
  *start = lowest[0] > highest[1] ? lowest[1] : lowest[0];
  *end = lowest[0] > highest[1] ? highest[0] + 1 : highest[1] + 1;
  return TRUE;
}

/* A model's layers follow it where it is unfolded. */
static void
add_all_cells (const StrataSummaryRows    *self,
               const StrataSummaryOptions *options,
               const StrataSummaryRows    *inner,
               guint                       start,
               guint                       end,
               guint                       depth,
               GPtrArray                  *rows)
{
  for (guint i = start; i < end; i++)
    {
      const StrataSummaryRow *row = &g_array_index (inner->rows, StrataSummaryRow, i);

      if (depth > 0 && (row->mask != NULL || STRATA_IS_OPERATOR (row->layer)))
        continue;
      add_cells (self, options, row, depth, rows);
      if (options->expand_nested && row->mask == NULL && STRATA_IS_MODEL (row->layer) &&
          depth < STRATA_SUMMARY_MAX_DEPTH)
        {
          StrataSummaryRows next;

          strata_summary_rows_init (&next, STRATA_MODEL (row->layer));
          add_all_cells (self, options, &next, 0, next.rows->len, depth + 1, rows);
          strata_summary_rows_clear (&next);
        }
    }
}

static guint
choose_columns (const StrataSummaryRows    *self,
                const StrataSummaryOptions *options,
                StrataSummaryColumn        *columns)
{
  static const StrataSummaryColumn plain[] = {
    { "Layer (type)", 0.45, STRATA_SUMMARY_LEFT },
    { "Output Shape", 0.80, STRATA_SUMMARY_LEFT },
    { "Param #", 1.0, STRATA_SUMMARY_RIGHT },
  };
  static const StrataSummaryColumn connected[] = {
    { "Layer (type)", 0.3, STRATA_SUMMARY_LEFT },
    { "Output Shape", 0.56, STRATA_SUMMARY_LEFT },
    { "Param #", 0.74, STRATA_SUMMARY_RIGHT },
    { "Connected to", 1.0, STRATA_SUMMARY_LEFT },
  };
  guint n = self->connected ? G_N_ELEMENTS (connected) : G_N_ELEMENTS (plain);

  for (guint i = 0; i < n; i++)
    {
      columns[i] = self->connected ? connected[i] : plain[i];
      if (options->positions[0] > 0)
        columns[i].stop = options->positions[i];
      columns[i].stop *= options->show_trainable ? 0.9 : 1;
    }
  if (options->show_trainable)
    columns[n++] = (StrataSummaryColumn){ "Trainable", 1.0, STRATA_SUMMARY_CENTER };
  return n;
}

/**
 * strata_model_summary_full:
 * @options: how the table is to be
 *
 * Returns: (transfer full): the table that Keras's summary() prints; %NULL with @error set where no layers are called
 *   as @options ask
 */
char *
strata_model_summary_full (StrataModel                 *self,
                           const StrataSummaryOptions  *options,
                           GError                     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GString *out;
  StrataSummaryColumn columns[STRATA_SUMMARY_MAX_COLUMNS];
  StrataSummaryRows summary;
  guint n_columns, line, start, end;

  strata_summary_rows_init (&summary, self);
  if (!find_range (&summary, options, &start, &end, error))
    {
      strata_summary_rows_clear (&summary);
      return NULL;
    }
  out = g_string_new (NULL);
  n_columns = choose_columns (&summary, options, columns);
  line = (summary.connected ? CONNECTED_WIDTH : PLAIN_WIDTH) + (options->show_trainable ? TRAINABLE_WIDTH : 0);
  if (options->width > 0)
    line = MIN (line, (guint) MAX (options->width - 4, 0));
  if (options->line_length > 0)
    line = options->line_length;
  add_all_cells (&summary, options, &summary, start, end, 0, rows);
  g_string_append_printf (out, "Model: \"%s\"\n", strata_layer_get_name (STRATA_LAYER (self)));
  strata_summary_table_render (out, columns, n_columns, MAX (line, LEAST_WIDTH), rows);
  strata_summary_append_totals (out, self);
  strata_summary_rows_clear (&summary);
  return g_string_free (out, FALSE);
}

/**
 * strata_model_summary:
 * @width: how wide the terminal is; 0 for any
 *
 * Returns: (transfer full): the table that Keras's summary() prints
 */
char *
strata_model_summary (StrataModel *self,
                      int          width)
{
  const StrataSummaryOptions options = { .width = width };

  return strata_model_summary_full (self, &options, NULL);
}
