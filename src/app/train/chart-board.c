/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "train/chart-board.h"

#include <adwaita.h>

#include "charts/chart-view.h"
#include "charts/columns-layout.h"
#include "base/json.h"

#define COLUMN_WIDTH 360
#define SPACING 12

/**
 * StrataChartBoard:
 *
 * A chart for each thing that is measured, with a line for each run: side by side where there is room.
 */
struct _StrataChartBoard
{
  GtkWidget parent_instance;

  GPtrArray *views; /* StrataChartView, in the order they are seen */
  double x_end;
  JsonObject *recalled; /* how charts are to be looked at, by what they measure */
};

G_DEFINE_FINAL_TYPE (StrataChartBoard, strata_chart_board, GTK_TYPE_WIDGET)

static void
strata_chart_board_dispose (GObject *object)
{
  StrataChartBoard *self = STRATA_CHART_BOARD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->recalled, json_object_unref);
  G_OBJECT_CLASS (strata_chart_board_parent_class)->dispose (object);
}

static void
strata_chart_board_class_init (StrataChartBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_chart_board_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
strata_chart_board_init (StrataChartBoard *self)
{
  self->views = g_ptr_array_new ();
  gtk_widget_set_layout_manager (GTK_WIDGET (self), strata_columns_layout_new (COLUMN_WIDTH, SPACING));
}

/**
 * strata_chart_board_new:
 *
 * Returns: a board without charts
 */
GtkWidget *
strata_chart_board_new (void)
{
  return g_object_new (STRATA_TYPE_CHART_BOARD, NULL);
}

static StrataChart *
chart_at (StrataChartBoard *self,
          guint             i)
{
  return strata_chart_view_get_chart (g_ptr_array_index (self->views, i));
}

/**
 * strata_chart_board_find:
 * @self: a board
 * @log: what is measured, without "val_"
 *
 * Returns: (nullable) (transfer none): its chart
 */
StrataChart *
strata_chart_board_find (StrataChartBoard *self,
                         const char       *log)
{
  g_return_val_if_fail (STRATA_IS_CHART_BOARD (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    if (g_strcmp0 (strata_chart_get_log (chart_at (self, i)), log) == 0)
      return chart_at (self, i);
  return NULL;
}

/* The loss comes first, then what is judged by, then the rest. */
static int
get_rank (StrataChart *chart)
{
  if (g_strcmp0 (strata_chart_get_log (chart), "loss") == 0)
    return 0;
  return strata_chart_get_kind (chart)->get_best != NULL ? 1 : 2;
}

static GtkWidget *
make_card (GtkWidget *view)
{
  GtkWidget *card = adw_bin_new ();

  gtk_widget_add_css_class (card, "card");
  gtk_widget_set_margin_start (view, 16);
  gtk_widget_set_margin_end (view, 10);
  gtk_widget_set_margin_top (view, 8);
  gtk_widget_set_margin_bottom (view, 8);
  adw_bin_set_child (ADW_BIN (card), view);
  return card;
}

static void
recall_chart (StrataChartBoard *self,
              StrataChartView  *view)
{
  StrataChart *chart = strata_chart_view_get_chart (view);
  JsonNode *node = self->recalled != NULL
                   ? json_object_get_member (self->recalled, strata_chart_get_log (chart)) : NULL;
  JsonObject *memory = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (memory == NULL)
    return;
  strata_chart_set_scale (chart, strata_json_get_bool (memory, "log", FALSE) ? STRATA_SCALE_LOG : STRATA_SCALE_LINEAR);
  strata_chart_set_smoothing (chart, CLAMP (strata_json_get_double (memory, "smoothing", 0), 0, 1));
  strata_chart_view_set_as_table (view, strata_json_get_bool (memory, "table", FALSE));
}

/**
 * strata_chart_board_remember:
 * @memory: where to write how the charts are looked at
 */
void
strata_chart_board_remember (StrataChartBoard *self,
                             JsonObject       *memory)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      StrataChart *chart = chart_at (self, i);
      JsonObject *own = json_object_new ();

      json_object_set_boolean_member (own, "log", strata_chart_get_scale (chart) == STRATA_SCALE_LOG);
      json_object_set_double_member (own, "smoothing", strata_chart_get_smoothing (chart));
      json_object_set_boolean_member (own, "table",
                                      strata_chart_view_get_as_table (g_ptr_array_index (self->views, i)));
      json_object_set_object_member (memory, strata_chart_get_log (chart), own);
    }
}

/**
 * strata_chart_board_recall:
 * @memory: what strata_chart_board_remember() wrote; charts that are still to come are looked at so, too
 */
void
strata_chart_board_recall (StrataChartBoard *self,
                           JsonObject       *memory)
{
  json_object_ref (memory);
  g_clear_pointer (&self->recalled, json_object_unref);
  self->recalled = memory;
  for (guint i = 0; i < self->views->len; i++)
    recall_chart (self, g_ptr_array_index (self->views, i));
}

static StrataChart *
ensure_chart (StrataChartBoard *self,
              const char       *log)
{
  StrataChart *found = strata_chart_board_find (self, log);
  g_autoptr (StrataChart) chart = NULL;
  GtkWidget *view, *card;
  guint place = 0;

  if (found != NULL)
    return found;
  chart = strata_chart_new (strata_chart_kinds_find_for_log (log), log);
  strata_chart_set_x_end (chart, self->x_end);
  view = strata_chart_view_new (chart);
  card = make_card (view);
  while (place < self->views->len && get_rank (chart_at (self, place)) <= get_rank (chart))
    place++;
  gtk_widget_insert_after (card, GTK_WIDGET (self),
                           place == 0 ? NULL : gtk_widget_get_parent (g_ptr_array_index (self->views, place - 1)));
  if (self->views->len > 0)
    strata_chart_view_link_cursor (g_ptr_array_index (self->views, 0), STRATA_CHART_VIEW (view));
  g_ptr_array_insert (self->views, place, view);
  recall_chart (self, STRATA_CHART_VIEW (view));
  return chart;
}

static void
curve_added_cb (StrataChartBoard *self,
                StrataRunCurve   *curve)
{
  StrataChart *chart = ensure_chart (self, curve->log);

  strata_chart_add_series (chart, curve->batches);
  strata_chart_add_series (chart, curve->training);
  strata_chart_add_series (chart, curve->validation);
}

/**
 * strata_chart_board_add:
 * @self: a board
 * @curves: the lines of a run; those that it gets later come too
 */
void
strata_chart_board_add (StrataChartBoard *self,
                        StrataRunCurves  *curves)
{
  g_return_if_fail (STRATA_IS_CHART_BOARD (self));
  g_return_if_fail (STRATA_IS_RUN_CURVES (curves));

  for (guint i = 0; i < strata_run_curves_get_n (curves); i++)
    curve_added_cb (self, strata_run_curves_get (curves, i));
  g_signal_connect_object (curves, "curve-added", G_CALLBACK (curve_added_cb), self, G_CONNECT_SWAPPED);
}

static void
remove_empty_charts (StrataChartBoard *self)
{
  for (guint i = self->views->len; i > 0; i--)
    if (strata_chart_get_n_series (chart_at (self, i - 1)) == 0)
      {
        GtkWidget *card = gtk_widget_get_parent (g_ptr_array_index (self->views, i - 1));

        g_ptr_array_remove_index (self->views, i - 1);
        gtk_widget_unparent (card);
      }
}

/**
 * strata_chart_board_remove:
 * @self: a board
 * @curves: the lines of a run
 */
void
strata_chart_board_remove (StrataChartBoard *self,
                           StrataRunCurves  *curves)
{
  g_return_if_fail (STRATA_IS_CHART_BOARD (self));
  g_return_if_fail (STRATA_IS_RUN_CURVES (curves));

  g_signal_handlers_disconnect_by_func (curves, curve_added_cb, self);
  for (guint i = 0; i < strata_run_curves_get_n (curves); i++)
    {
      StrataRunCurve *curve = strata_run_curves_get (curves, i);
      StrataChart *chart = strata_chart_board_find (self, curve->log);

      if (chart == NULL)
        continue;
      strata_chart_remove_series (chart, curve->batches);
      strata_chart_remove_series (chart, curve->training);
      strata_chart_remove_series (chart, curve->validation);
    }
  remove_empty_charts (self);
}

/**
 * strata_chart_board_set_x_end:
 * @self: a board
 * @x_end: how far the axes go at least, in epochs
 */
void
strata_chart_board_set_x_end (StrataChartBoard *self,
                              double            x_end)
{
  g_return_if_fail (STRATA_IS_CHART_BOARD (self));

  self->x_end = x_end;
  for (guint i = 0; i < self->views->len; i++)
    strata_chart_set_x_end (chart_at (self, i), x_end);
}
