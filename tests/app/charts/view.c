/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/chart-view.h"

#include <math.h>

#include "../widgets.h"
#include "charts/chart-plot.h"

static void
run_frames (void)
{
  for (int i = 0; i < 20; i++)
    {
      g_usleep (5000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static StrataChart *
make_chart (StrataSeries **series)
{
  StrataChart *chart = strata_chart_new (strata_chart_kinds_find_for_log ("loss"), "loss");

  *series = strata_series_new ("Training", 0, STRATA_SERIES_SOLID);
  for (guint i = 1; i <= 5; i++)
    strata_series_append (*series, i, 1. / i);
  strata_chart_add_series (chart, *series);
  return chart;
}

static void
test_view (void)
{
  g_autoptr (StrataSeries) series = NULL;
  g_autoptr (StrataChart) chart = make_chart (&series);
  GtkWidget *window = gtk_window_new (), *view = strata_chart_view_new (chart), *plot;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  run_frames ();
  plot = find_type (view, STRATA_TYPE_CHART_PLOT);
  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Loss");
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Loss by epoch. Training: 0.2000 at epoch 5. Best 0.2000 at epoch 5.");
  for (guint i = 6; i <= 200; i++)
    strata_series_append (series, i, 1. / i);
  run_frames ();

  g_assert_true (gtk_widget_activate_action (view, "chart.logarithmic", NULL));
  g_assert_cmpint (strata_chart_get_scale (chart), ==, STRATA_SCALE_LOG);
  g_assert_true (gtk_widget_activate_action (view, "chart.as-table", NULL));
  g_assert_true (strata_chart_view_get_as_table (STRATA_CHART_VIEW (view)));
  run_frames ();
  g_assert_nonnull (find_type (view, GTK_TYPE_COLUMN_VIEW));
  g_assert_true (gtk_widget_activate_action (view, "chart.copy", NULL));
  strata_series_append (series, 201, 0.1);
  run_frames ();
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_cursor (void)
{
  g_autoptr (StrataSeries) one = NULL, two = NULL;
  g_autoptr (StrataChart) first = make_chart (&one), second = make_chart (&two);
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *views[2] = { strata_chart_view_new (first), strata_chart_view_new (second) };
  StrataChartPlot *plots[2];

  for (int i = 0; i < 2; i++)
    {
      gtk_box_append (GTK_BOX (box), views[i]);
      plots[i] = STRATA_CHART_PLOT (find_type (views[i], STRATA_TYPE_CHART_PLOT));
      g_assert_true (isnan (strata_chart_plot_get_cursor (plots[i])));
    }
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  strata_chart_view_link_cursor (STRATA_CHART_VIEW (views[0]), STRATA_CHART_VIEW (views[1]));
  strata_chart_plot_set_cursor (plots[1], 3);
  g_assert_cmpfloat (strata_chart_plot_get_cursor (plots[0]), ==, 3);
  run_frames ();
  strata_chart_plot_set_cursor (plots[0], NAN);
  g_assert_true (isnan (strata_chart_plot_get_cursor (plots[1])));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
forgotten_cb (gpointer  data,
              GObject  *object)
{
  *(gboolean *) data = TRUE;
}

/* A view takes nothing with it, and leaves nothing behind. */
static void
test_finalize (void)
{
  g_autoptr (StrataSeries) series = NULL;
  StrataChart *chart = make_chart (&series);
  GtkWidget *view = g_object_ref_sink (strata_chart_view_new (chart));
  gboolean view_gone = FALSE, chart_gone = FALSE;

  g_object_weak_ref (G_OBJECT (view), forgotten_cb, &view_gone);
  g_object_weak_ref (G_OBJECT (chart), forgotten_cb, &chart_gone);
  g_object_unref (chart);
  g_assert_false (chart_gone);
  g_object_unref (view);
  g_assert_true (view_gone);
  g_assert_true (chart_gone);
  strata_series_append (series, 6, 1);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/charts/view", test_view);
  g_test_add_func ("/charts/view/cursor", test_cursor);
  g_test_add_func ("/charts/view/finalize", test_finalize);
  return g_test_run ();
}
