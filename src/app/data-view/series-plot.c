/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/series-plot.h"

#include <math.h>

#include "charts/theme.h"

#define WIDTH 210
#define HEIGHT 96
#define DOT 3.5

/**
 * StrataSeriesPlot:
 *
 * Steps in time, a line for each number of a step, and the number to predict as a dot after the last.
 */
struct _StrataSeriesPlot
{
  GtkWidget parent_instance;

  StrataPreview *preview;
  gsize index;
};

G_DEFINE_FINAL_TYPE (StrataSeriesPlot, strata_series_plot, GTK_TYPE_WIDGET)

/* The answer in the unit that the lines are in. */
static double
get_target (StrataSeriesPlot *self)
{
  StrataDataSet *set = self->preview->set;

  if (self->preview->targets == NULL || set->n_classes > 0)
    return NAN;
  return (self->preview->targets[self->index] - set->target_mean) * set->target_scale;
}

static void
find_range (StrataSeriesPlot *self,
            double           *low,
            double           *high)
{
  const float *numbers = strata_preview_get_sample (self->preview, self->index);

  *low = *high = isnan (get_target (self)) ? numbers[0] : get_target (self);
  for (gsize i = 0; i < self->preview->size; i++)
    {
      *low = fmin (*low, numbers[i]);
      *high = fmax (*high, numbers[i]);
    }
  if (*high - *low < 1e-9)
    *high = *low + 1;
}

static void
strata_series_plot_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  StrataSeriesPlot *self = STRATA_SERIES_PLOT (widget);
  const float *numbers = strata_preview_get_sample (self->preview, self->index);
  gint64 steps = self->preview->shape.dims[0], lines = self->preview->size / MAX (steps, 1);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), target = get_target (self);
  double low, high;
  g_autoptr (StrataChartTheme) theme = strata_chart_theme_new_for_widget (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double across = (width - 2 * DOT - 2) / MAX (steps, 1);

  find_range (self, &low, &high);
#define UP(v) (height - DOT - 1 - (height - 2 * DOT - 2) * ((v) - low) / (high - low))
  cairo_set_line_width (cr, theme->stroke * 0.8);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (gint64 line = MIN (lines, STRATA_SERIES_PLOT_LINES) - 1; line >= 0; line--)
    {
      for (gint64 step = 0; step < steps; step++)
        cairo_line_to (cr, 1 + DOT + step * across, UP (numbers[step * lines + line]));
      gdk_cairo_set_source_rgba (cr, strata_chart_theme_get_color (theme, (guint) line));
      cairo_stroke (cr);
    }
  if (!isnan (target))
    {
      cairo_arc (cr, 1 + DOT + steps * across, UP (target), DOT, 0, 2 * G_PI);
      gdk_cairo_set_source_rgba (cr, &theme->ink);
      cairo_fill (cr);
    }
#undef UP
  cairo_destroy (cr);
}

static void
strata_series_plot_finalize (GObject *object)
{
  strata_preview_unref (STRATA_SERIES_PLOT (object)->preview);

  G_OBJECT_CLASS (strata_series_plot_parent_class)->finalize (object);
}

static void
strata_series_plot_class_init (StrataSeriesPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_series_plot_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = strata_series_plot_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
strata_series_plot_init (StrataSeriesPlot *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, HEIGHT);
}

/**
 * strata_series_plot_new: (skip)
 * @i: which sample
 */
GtkWidget *
strata_series_plot_new (StrataPreview *preview,
                        gsize          i)
{
  StrataSeriesPlot *self = g_object_new (STRATA_TYPE_SERIES_PLOT, NULL);

  self->preview = strata_preview_ref (preview);
  self->index = i;
  return GTK_WIDGET (self);
}
