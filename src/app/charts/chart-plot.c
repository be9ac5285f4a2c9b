/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/chart-plot.h"

#include <math.h>

#include "charts/drawing.h"

/* What a screen reader is told follows the lines at this pace. */
#define SUMMARY_SECONDS 1

/**
 * StrataChartPlot:
 *
 * A chart on the screen, in three widgets that lie on each other: what stands
 * still, the lines, and what follows the pointer. Each is drawn again only when
 * it has changed.
 */
struct _StrataChartPlot
{
  GtkWidget parent_instance;

  GtkWidget *grid, *lines, *hover;
  StrataChart *chart;
  StrataChartTheme *theme;
  StrataChartInk *ink;
  StrataChartLayout layout;
  double cursor; /* an epoch; NaN for none */
  guint tick, summary_source;
};

G_DEFINE_FINAL_TYPE (StrataChartPlot, strata_chart_plot, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CHART,
  PROP_CURSOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Finds places anew, and has drawn again what has moved. */
static void
update_layout (StrataChartPlot *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  StrataChartLayout layout;

  if (self->chart == NULL || width <= 0 || height <= 0)
    return;
  if (self->theme == NULL)
    self->theme = strata_chart_theme_new_for_widget (GTK_WIDGET (self));
  strata_chart_layout_init (&layout, self->chart, self->theme, width, height);
  if (!strata_chart_layout_equal (&layout, &self->layout))
    {
      gtk_widget_queue_draw (self->grid);
      gtk_widget_queue_draw (self->hover);
    }
  self->layout = layout;
  gtk_widget_queue_draw (self->lines);
  if (!isnan (self->cursor))
    gtk_widget_queue_draw (self->hover);
}

static void
draw_grid_cb (GtkDrawingArea *area,
              cairo_t        *cr,
              int             width,
              int             height,
              gpointer        data)
{
  StrataChartPlot *self = data;

  if (self->chart != NULL && self->theme != NULL)
    strata_chart_draw_grid (self->chart, &self->layout, self->theme, cr);
}

static void
draw_lines_cb (GtkDrawingArea *area,
               cairo_t        *cr,
               int             width,
               int             height,
               gpointer        data)
{
  StrataChartPlot *self = data;

  if (self->chart == NULL || self->theme == NULL)
    return;
  strata_chart_draw_lines (self->chart, &self->layout, self->theme, self->ink, cr);
  strata_chart_draw_labels (self->chart, &self->layout, self->theme, self->ink, cr);
}

static void
draw_hover_cb (GtkDrawingArea *area,
               cairo_t        *cr,
               int             width,
               int             height,
               gpointer        data)
{
  StrataChartPlot *self = data;
  double x = self->cursor;

  if (self->chart != NULL && self->theme != NULL && !isnan (x) && strata_chart_snap (self->chart, &x))
    strata_chart_draw_values_at (self->chart, &self->layout, self->theme, x, cr);
}

static void
resize_cb (StrataChartPlot *self)
{
  update_layout (self);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  StrataChartPlot *self = STRATA_CHART_PLOT (widget);

  self->tick = 0;
  update_layout (self);
  return G_SOURCE_REMOVE;
}

static void
update_summary (StrataChartPlot *self)
{
  g_autofree char *title = strata_chart_dup_title (self->chart);
  g_autofree char *summary = strata_chart_dup_summary (self->chart);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary,
                                  -1);
}

static gboolean
summary_cb (gpointer data)
{
  StrataChartPlot *self = data;

  self->summary_source = 0;
  if (self->chart != NULL)
    update_summary (self);
  return G_SOURCE_REMOVE;
}

/* However often points come, lines are drawn once a frame. */
static void
chart_changed_cb (StrataChartPlot *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  if (self->summary_source == 0)
    self->summary_source = g_timeout_add_seconds (SUMMARY_SECONDS, summary_cb, self);
}

static void
motion_cb (StrataChartPlot *self,
           double           x,
           double           y)
{
  double place;

  if (self->chart == NULL || x < self->layout.left - self->layout.em || x > self->layout.right + self->layout.em)
    {
      strata_chart_plot_set_cursor (self, NAN);
      return;
    }
  place = strata_scale_invert (&self->layout.x, x);
  strata_chart_plot_set_cursor (self, strata_chart_snap (self->chart, &place) ? place : (double) NAN);
}

static void
leave_cb (StrataChartPlot *self)
{
  strata_chart_plot_set_cursor (self, NAN);
}

/* The line whose points the keys go along. */
static StrataSeries *
find_walked_series (StrataChartPlot *self)
{
  for (guint i = 0; self->chart != NULL && i < strata_chart_get_n_series (self->chart); i++)
    if (strata_chart_is_labelled (strata_chart_get_series (self->chart, i)))
      return strata_chart_get_series (self->chart, i);
  return NULL;
}

static void
walk (StrataChartPlot *self,
      gssize           steps)
{
  StrataSeries *series = find_walked_series (self);
  gssize last, to;
  gsize index;

  if (series == NULL)
    return;
  last = (gssize) strata_series_get_n (series) - 1;
  if (isnan (self->cursor) || !strata_series_find (series, self->cursor, &index))
    to = steps == -1 ? last : steps == 1 ? 0 : steps;
  else
    to = (gssize) index + steps;
  strata_chart_plot_set_cursor (self, strata_series_get_x (series)[CLAMP (to, 0, last)]);
}

static gboolean
key_cb (StrataChartPlot *self,
        guint            key,
        guint            code,
        GdkModifierType  state)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      walk (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      walk (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      walk (self, -G_MAXINT32);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      walk (self, G_MAXINT32);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (isnan (self->cursor))
        return GDK_EVENT_PROPAGATE;
      strata_chart_plot_set_cursor (self, NAN);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
strata_chart_plot_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (strata_chart_plot_parent_class)->map (widget);
  update_layout (STRATA_CHART_PLOT (widget));
}

static void
strata_chart_plot_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  StrataChartPlot *self = STRATA_CHART_PLOT (widget);

  GTK_WIDGET_CLASS (strata_chart_plot_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->theme, strata_chart_theme_free);
  self->layout = (StrataChartLayout) { 0 };
  update_layout (self);
}

static void
strata_chart_plot_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 180;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : 260;
}

static void
strata_chart_plot_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  StrataChartPlot *self = STRATA_CHART_PLOT (widget);
  GtkAllocation all = { 0, 0, width, height };

  gtk_widget_size_allocate (self->grid, &all, -1);
  gtk_widget_size_allocate (self->lines, &all, -1);
  gtk_widget_size_allocate (self->hover, &all, -1);
}

static void
strata_chart_plot_dispose (GObject *object)
{
  StrataChartPlot *self = STRATA_CHART_PLOT (object);

  g_clear_handle_id (&self->summary_source, g_source_remove);
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_clear_object (&self->chart);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->lines, gtk_widget_unparent);
  g_clear_pointer (&self->hover, gtk_widget_unparent);
  g_clear_pointer (&self->theme, strata_chart_theme_free);
  g_clear_pointer (&self->ink, strata_chart_ink_free);
  G_OBJECT_CLASS (strata_chart_plot_parent_class)->dispose (object);
}

static void
strata_chart_plot_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  StrataChartPlot *self = STRATA_CHART_PLOT (object);

  switch (id)
    {
    case PROP_CHART:
      g_value_set_object (value, self->chart);
      break;
    case PROP_CURSOR:
      g_value_set_double (value, self->cursor);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_chart_plot_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  StrataChartPlot *self = STRATA_CHART_PLOT (object);

  switch (id)
    {
    case PROP_CHART:
      strata_chart_plot_set_chart (self, g_value_get_object (value));
      break;
    case PROP_CURSOR:
      strata_chart_plot_set_cursor (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_chart_plot_class_init (StrataChartPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = strata_chart_plot_dispose;
  object_class->get_property = strata_chart_plot_get_property;
  object_class->set_property = strata_chart_plot_set_property;
  widget_class->map = strata_chart_plot_map;
  widget_class->css_changed = strata_chart_plot_css_changed;
  widget_class->measure = strata_chart_plot_measure;
  widget_class->size_allocate = strata_chart_plot_size_allocate;

  properties[PROP_CHART] = g_param_spec_object ("chart", NULL, NULL, STRATA_TYPE_CHART, flags);
  properties[PROP_CURSOR] = g_param_spec_double ("cursor", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                 flags | G_PARAM_LAX_VALIDATION);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static GtkWidget *
add_area (StrataChartPlot        *self,
          GtkDrawingAreaDrawFunc  func)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA,
                                  "can-target", FALSE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), func, self, NULL);
  gtk_widget_set_parent (area, GTK_WIDGET (self));
  return area;
}

static void
strata_chart_plot_init (StrataChartPlot *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *keys = gtk_event_controller_key_new ();

  self->cursor = NAN;
  self->ink = strata_chart_ink_new ();
  self->grid = add_area (self, draw_grid_cb);
  self->lines = add_area (self, draw_lines_cb);
  self->hover = add_area (self, draw_hover_cb);
  g_signal_connect_swapped (self->grid, "resize", G_CALLBACK (resize_cb), self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * strata_chart_plot_new:
 *
 * Returns: a plot without a chart
 */
GtkWidget *
strata_chart_plot_new (void)
{
  return g_object_new (STRATA_TYPE_CHART_PLOT, NULL);
}

/**
 * strata_chart_plot_get_chart:
 * @self: a plot
 *
 * Returns: (nullable) (transfer none): what it shows
 */
StrataChart *
strata_chart_plot_get_chart (StrataChartPlot *self)
{
  g_return_val_if_fail (STRATA_IS_CHART_PLOT (self), NULL);

  return self->chart;
}

/**
 * strata_chart_plot_set_chart:
 * @self: a plot
 * @chart: (nullable): what it shows
 */
void
strata_chart_plot_set_chart (StrataChartPlot *self,
                             StrataChart     *chart)
{
  g_return_if_fail (STRATA_IS_CHART_PLOT (self));
  g_return_if_fail (chart == NULL || STRATA_IS_CHART (chart));

  if (self->chart == chart)
    return;
  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_set_object (&self->chart, chart);
  self->layout = (StrataChartLayout) { 0 };
  if (chart != NULL)
    {
      g_signal_connect_swapped (chart, "changed", G_CALLBACK (chart_changed_cb), self);
      chart_changed_cb (self);
      update_summary (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHART]);
}

/**
 * strata_chart_plot_get_cursor:
 * @self: a plot
 *
 * Returns: the epoch whose values are shown; NaN if none is
 */
double
strata_chart_plot_get_cursor (StrataChartPlot *self)
{
  g_return_val_if_fail (STRATA_IS_CHART_PLOT (self), (double) NAN);

  return self->cursor;
}

/**
 * strata_chart_plot_set_cursor:
 * @self: a plot
 * @cursor: the epoch whose values are shown; NaN for none
 */
void
strata_chart_plot_set_cursor (StrataChartPlot *self,
                              double           cursor)
{
  g_return_if_fail (STRATA_IS_CHART_PLOT (self));

  if (self->cursor == cursor || (isnan (self->cursor) && isnan (cursor)))
    return;
  self->cursor = cursor;
  gtk_widget_queue_draw (self->hover);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURSOR]);
}
