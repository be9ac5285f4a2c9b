/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/drawing.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>

#include "charts/chart-table.h"
#include "charts/export.h"

/* Room around the chart, where nothing may be drawn. */
#define MARGIN 20

static StrataChart *
make_chart (const char *log,
            guint       n_runs,
            guint       n_epochs)
{
  StrataChart *chart = strata_chart_new (strata_chart_kinds_find_for_log (log), log);

  for (guint run = 0; run < n_runs; run++)
    {
      g_autofree char *name = g_strdup_printf ("Run %u", run + 1);
      g_autofree char *validation = g_strdup_printf ("Run %u validation", run + 1);
      g_autoptr (StrataSeries) batches = strata_series_new (name, run, STRATA_SERIES_FAINT);
      g_autoptr (StrataSeries) train = strata_series_new (name, run, STRATA_SERIES_SOLID);
      g_autoptr (StrataSeries) held_out = strata_series_new (validation, run, STRATA_SERIES_DASHED);

      for (guint i = 0; i < n_epochs * 50; i++)
        strata_series_append (batches, i / 50., exp (-i / 100.) * (1 + 0.3 * sin (i)));
      for (guint i = 1; i <= n_epochs; i++)
        {
          strata_series_append (train, i, exp (-(i / 2.)) / (run + 1));
          strata_series_append (held_out, i, exp (-(i / 2.)) + 0.01 * i);
        }
      strata_chart_add_series (chart, batches);
      strata_chart_add_series (chart, train);
      strata_chart_add_series (chart, held_out);
    }
  return chart;
}

/* What has been drawn: inside of the chart, and in the room around it. */
static void
count_ink (StrataChart *chart,
           int          width,
           int          height,
           guint       *inside,
           guint       *outside)
{
  g_autoptr (StrataChartTheme) theme = strata_chart_theme_new_for_paper ();
  g_autoptr (StrataChartInk) ink = strata_chart_ink_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width + 2 * MARGIN, height + 2 * MARGIN);
  cairo_t *cr = cairo_create (surface);
  StrataChartLayout layout;
  double x = 3;

  strata_chart_layout_init (&layout, chart, theme, width, height);
  cairo_translate (cr, MARGIN, MARGIN);
  strata_chart_draw_grid (chart, &layout, theme, cr);
  strata_chart_draw_lines (chart, &layout, theme, ink, cr);
  strata_chart_draw_labels (chart, &layout, theme, ink, cr);
  if (strata_chart_snap (chart, &x))
    strata_chart_draw_values_at (chart, &layout, theme, x, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  *inside = *outside = 0;
  for (int row = 0; row < height + 2 * MARGIN; row++)
    {
      const guint32 *pixels = (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface) +
                                                            row * cairo_image_surface_get_stride (surface));

      for (int column = 0; column < width + 2 * MARGIN; column++)
        if (pixels[column] >> 24 != 0)
          {
            if (row >= MARGIN && row < height + MARGIN && column >= MARGIN && column < width + MARGIN)
              (*inside)++;
            else
              (*outside)++;
          }
    }
  cairo_surface_destroy (surface);
}

static void
test_bounds (void)
{
  const char *const logs[] = { "loss", "accuracy", "learning_rate", "throughput", "mae" };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    for (guint n_runs = 1; n_runs < 10; n_runs += 4)
      {
        g_autoptr (StrataChart) chart = make_chart (logs[i], n_runs, 8);
        guint inside, outside;

        count_ink (chart, 640, 360, &inside, &outside);
        g_assert_cmpuint (inside, >, 5000);
        g_assert_cmpuint (outside, ==, 0);
        strata_chart_set_smoothing (chart, 0.8);
        strata_chart_set_scale (chart, STRATA_SCALE_LOG);
        count_ink (chart, 640, 360, &inside, &outside);
        g_assert_cmpuint (outside, ==, 0);
      }
}

static void
test_nothing (void)
{
  g_autoptr (StrataChart) chart = strata_chart_new (strata_chart_kinds_find_for_log ("loss"), "loss");
  g_autoptr (StrataSeries) gaps = strata_series_new ("gaps", 0, STRATA_SERIES_SOLID);
  guint inside, outside;

  count_ink (chart, 300, 200, &inside, &outside);
  g_assert_cmpuint (inside, >, 100);
  strata_series_append (gaps, 1, NAN);
  strata_series_append (gaps, 2, INFINITY);
  strata_chart_add_series (chart, gaps);
  count_ink (chart, 300, 200, &inside, &outside);
  g_assert_cmpuint (inside, >, 100);
  /* There may be hardly any room. */
  count_ink (chart, 1, 1, &inside, &outside);
}

/* Where training is too fast for more, the first batch is all that is known of batches. */
static void
test_unseen_point (void)
{
  g_autoptr (StrataChart) chart = strata_chart_new (strata_chart_kinds_find_for_log ("loss"), "loss");
  g_autoptr (StrataSeries) batches = strata_series_new ("Run 1", 0, STRATA_SERIES_FAINT);
  g_autoptr (StrataSeries) train = strata_series_new ("Run 1", 0, STRATA_SERIES_SOLID);
  double low, high;

  strata_series_append (batches, 0.01, 5);
  strata_chart_add_series (chart, batches);
  strata_chart_add_series (chart, train);
  g_assert_true (strata_chart_get_y_range (chart, &low, &high));
  g_assert_cmpfloat (high, ==, 5);
  strata_series_append (train, 1, 0.5);
  strata_series_append (train, 2, 0.4);
  g_assert_true (strata_chart_get_y_range (chart, &low, &high));
  g_assert_cmpfloat (high, ==, 0.5);
  strata_series_append (batches, 0.5, 2);
  g_assert_true (strata_chart_get_y_range (chart, &low, &high));
  g_assert_cmpfloat (high, ==, 5);
}

static void
test_layout_stands_still (void)
{
  g_autoptr (StrataChartTheme) theme = strata_chart_theme_new_for_paper ();
  g_autoptr (StrataChart) chart = make_chart ("loss", 1, 8);
  StrataChartLayout before, after;

  strata_chart_set_x_end (chart, 20);
  strata_chart_layout_init (&before, chart, theme, 600, 300);
  strata_series_append (strata_chart_get_series (chart, 0), 8.1, 0.05);
  strata_chart_layout_init (&after, chart, theme, 600, 300);
  g_assert_true (strata_chart_layout_equal (&before, &after));
  strata_series_append (strata_chart_get_series (chart, 0), 8.2, 25);
  strata_chart_layout_init (&after, chart, theme, 600, 300);
  g_assert_false (strata_chart_layout_equal (&before, &after));
}

static void
test_best (void)
{
  g_autoptr (StrataChart) loss = make_chart ("loss", 1, 8), accuracy = make_chart ("val_accuracy", 1, 8);
  double x, y;

  /* Runs are judged by held-out samples. */
  g_assert_false (strata_chart_get_best (loss, strata_chart_get_series (loss, 0), &x, &y));
  g_assert_false (strata_chart_get_best (loss, strata_chart_get_series (loss, 1), &x, &y));
  g_assert_true (strata_chart_get_best (loss, strata_chart_get_series (loss, 2), &x, &y));
  g_assert_cmpfloat (x, ==, 8);
  g_assert_true (strata_chart_get_best (accuracy, strata_chart_get_series (accuracy, 2), &x, &y));
  g_assert_cmpfloat (x, ==, 1);
}

static void
test_kinds (void)
{
  const char *const logs[][2] = { { "loss", "loss" }, { "val_loss", "loss" }, { "out_loss", "loss" },
                                  { "acc", "accuracy" },
                                  { "val_sparse_categorical_accuracy", "accuracy" },
                                  { "learning_rate", "learning-rate" },
                                  { "auc", "metric" }, { "throughput", "throughput" } };
  g_autofree char *title = strata_chart_log_title ("val_top_k_auc"), *simple = strata_chart_log_title ("val_accuracy");
  const StrataChartKind *const *kinds;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    g_assert_cmpstr (strata_chart_kinds_find_for_log (logs[i][0])->name, ==, logs[i][1]);
  kinds = strata_chart_kinds_list (&n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (strata_chart_kinds_lookup (kinds[i]->name) == kinds[i]);
      g_assert_nonnull (kinds[i]->description);
      g_assert_cmpfloat (kinds[i]->factor, >, 0);
      g_assert_cmpfloat (kinds[i]->lowest, <, kinds[i]->highest);
    }
  g_assert_cmpstr (title, ==, "Validation top k AUC");
  g_assert_cmpstr (simple, ==, "Validation accuracy");
  g_assert_cmpint (strata_chart_kind_get_best (strata_chart_kinds_lookup ("metric"), "mean_absolute_error"), ==,
                   STRATA_BEST_LOWEST);
  g_assert_cmpint (strata_chart_kind_get_best (strata_chart_kinds_lookup ("metric"), "auc"), ==, STRATA_BEST_HIGHEST);
}

static void
assert_begins (GBytes     *bytes,
               const char *start)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (size, >, strlen (start));
  g_assert_cmpmem (data, strlen (start), start, strlen (start));
}

static void
test_export (void)
{
  g_autoptr (StrataChart) chart = make_chart ("loss", 2, 8);
  g_autoptr (GError) error = NULL;
  const char *const starts[] = { "\x89PNG\r\n", "<?xml", "%PDF-",
                                 "epoch,Run 1,Run 1 validation,Run 2,Run 2 validation\n" };

  for (StrataChartFormat format = 0; format < STRATA_CHART_N_FORMATS; format++)
    {
      g_autoptr (GBytes) bytes = strata_chart_export (chart, format, 640, 400, &error);
      g_autofree char *name = g_strconcat ("chart", strata_chart_format_get_suffix (format), NULL);
      StrataChartFormat found;

      g_assert_no_error (error);
      assert_begins (bytes, starts[format]);
      g_assert_true (strata_chart_format_from_name (name, &found));
      g_assert_cmpint (found, ==, format);
    }
}

static void
test_export_png_size (void)
{
  g_autoptr (StrataChart) chart = make_chart ("accuracy", 1, 8);
  g_autoptr (GBytes) bytes = strata_chart_export (chart, STRATA_CHART_PNG, 640, 400, NULL);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, NULL);

  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1280);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 800);
}

static void
test_table (void)
{
  g_autoptr (StrataChart) chart = strata_chart_new (strata_chart_kinds_find_for_log ("loss"), "loss");
  g_autoptr (StrataSeries) a = strata_series_new ("a, \"b\"", 0, STRATA_SERIES_SOLID);
  g_autoptr (StrataSeries) b = strata_series_new ("c", 1, STRATA_SERIES_SOLID);
  g_autoptr (StrataChartTable) table = NULL;
  g_autofree char *csv = NULL;

  strata_series_append (a, 1, 0.5);
  strata_series_append (a, 3, 0.25);
  strata_series_append (b, 2, NAN);
  strata_series_append (b, 3, 4);
  strata_chart_add_series (chart, a);
  strata_chart_add_series (chart, b);
  table = strata_chart_table_new (chart);
  g_assert_cmpuint (table->n_rows, ==, 3);
  g_assert_true (isnan (strata_chart_table_get (table, 0, 1)));
  g_assert_cmpfloat (strata_chart_table_get (table, 2, 1), ==, 4);
  csv = strata_chart_table_to_csv (table);
  g_assert_cmpstr (csv, ==, "epoch,\"a, \"\"b\"\"\",c\n1,0.5,\n2,,\n3,0.25,4\n");
}

static void
test_summary (void)
{
  g_autoptr (StrataChart) chart = make_chart ("accuracy", 1, 3);
  g_autofree char *summary = strata_chart_dup_summary (chart);

  g_assert_cmpstr (summary, ==, "Accuracy by epoch. Run 1: 22.31\u00a0% at epoch 3. "
                                "Run 1 validation: 25.31\u00a0% at epoch 3. Best 61.65\u00a0% at epoch 1.");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C");
  g_test_add_func ("/charts/drawing/bounds", test_bounds);
  g_test_add_func ("/charts/drawing/nothing", test_nothing);
  g_test_add_func ("/charts/layout/stands-still", test_layout_stands_still);
  g_test_add_func ("/charts/layout/unseen-point", test_unseen_point);
  g_test_add_func ("/charts/best", test_best);
  g_test_add_func ("/charts/kinds", test_kinds);
  g_test_add_func ("/charts/export", test_export);
  g_test_add_func ("/charts/export/png-size", test_export_png_size);
  g_test_add_func ("/charts/table", test_table);
  g_test_add_func ("/charts/summary", test_summary);
  return g_test_run ();
}
