/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "evaluate/scatter.h"

#include <glib/gi18n.h>
#include <math.h>

#include "charts/drawing.h"
#include "charts/ticks.h"
#include "widgets/words.h"

#define HEIGHT 300
#define DOT 2.5
/* More points are one blot; of a series, this many steps are told apart. */
#define MOST_POINTS 4000
#define MOST_STEPS 180

/**
 * StrataScatter:
 *
 * What was predicted against what is true: a dot for each sample, which lies on the diagonal where both are the same;
 * or, of samples that are in order of time, both as lines.
 */
struct _StrataScatter
{
  GtkWidget parent_instance;

  StrataEvaluation *evaluation; /* owned by who shows it */
  gboolean in_order;
};

G_DEFINE_FINAL_TYPE (StrataScatter, strata_scatter, GTK_TYPE_WIDGET)

typedef struct
{
  StrataChartTheme *theme;
  StrataScale x, y;
  StrataTicks ticks;
  double em, left, top, right, bottom;
  gint64 first, n;
} Plot;

static void
find_range (StrataScatter *self,
            Plot          *plot,
            double        *low,
            double        *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gint64 i = plot->first; i < plot->first + plot->n; i++)
    {
      *low = fmin (*low, fmin (self->evaluation->truths[i], self->evaluation->answers[i]));
      *high = fmax (*high, fmax (self->evaluation->truths[i], self->evaluation->answers[i]));
    }
  if (!(*high > *low))
    *high = *low + 1;
}

/* How wide the widest number beside the axes is. */
static double
ticks_width (Plot *plot)
{
  int widest = 0;

  for (guint i = 0; i < plot->ticks.n; i++)
    {
      g_autofree char *text = strata_ticks_label (&plot->ticks, i);
      g_autoptr (PangoLayout) layout = strata_chart_theme_layout (plot->theme, text, STRATA_CHART_SMALL,
                                                                  PANGO_WEIGHT_NORMAL);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

static void
plot_init (Plot          *plot,
           StrataScatter *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double low, high, room;

  plot->theme = strata_chart_theme_new_for_widget (GTK_WIDGET (self));
  plot->em = strata_chart_theme_em (plot->theme);
  plot->n = MIN (self->evaluation->n, self->in_order ? MOST_STEPS : MOST_POINTS);
  plot->first = self->evaluation->n - plot->n;
  find_range (self, plot, &low, &high);
  strata_ticks_widen (STRATA_SCALE_LINEAR, 5, &low, &high);
  strata_ticks_init (&plot->ticks, STRATA_SCALE_LINEAR, low, high, 5);
  room = ticks_width (plot);
  plot->left = fmax (4 * plot->em, room + 0.8 * plot->em);
  plot->top = 0.8 * plot->em;
  /* The last number below stands under the plot's corner. */
  plot->right = width - fmax (0.8 * plot->em, self->in_order ? 0 : room / 2 + 3);
  plot->bottom = height - 3.2 * plot->em;
  strata_scale_init (&plot->y, STRATA_SCALE_LINEAR, low, high, plot->bottom, plot->top);
  if (self->in_order)
    strata_scale_init (&plot->x, STRATA_SCALE_LINEAR, 0, MAX (plot->n - 1, 1), plot->left, plot->right);
  else
    strata_scale_init (&plot->x, STRATA_SCALE_LINEAR, low, high, plot->left, plot->right);
}

static void
draw_label (Plot          *plot,
            const char    *text,
            const GdkRGBA *color,
            double         x,
            double         y,
            double         anchor,
            cairo_t       *cr)
{
  g_autoptr (PangoLayout) layout = strata_chart_theme_layout (plot->theme, text, STRATA_CHART_SMALL,
                                                              PANGO_WEIGHT_NORMAL);
  int w, h;

  pango_layout_get_pixel_size (layout, &w, &h);
  strata_chart_draw_text (layout, color, x - anchor * w, y - h / 2.0, cr);
}

static void
draw_grid (StrataScatter *self,
           Plot          *plot,
           cairo_t       *cr)
{
  for (guint i = 0; i < plot->ticks.n; i++)
    {
      double value = plot->ticks.values[i], y = floor (strata_scale_map (&plot->y, value)) + 0.5;
      double x = floor (strata_scale_map (&plot->x, value)) + 0.5;
      g_autofree char *text = strata_ticks_label (&plot->ticks, i);

      gdk_cairo_set_source_rgba (cr, &plot->theme->grid);
      cairo_set_line_width (cr, 1);
      cairo_move_to (cr, plot->left, y);
      cairo_line_to (cr, plot->right, y);
      cairo_stroke (cr);
      draw_label (plot, text, &plot->theme->muted, plot->left - 0.4 * plot->em, y, 1, cr);
      if (!self->in_order)
        draw_label (plot, text, &plot->theme->muted, x, plot->bottom + 0.9 * plot->em, 0.5, cr);
    }
}

static void
draw_points (StrataScatter *self,
             Plot          *plot,
             cairo_t       *cr)
{
  GdkRGBA color = *strata_chart_theme_get_color (plot->theme, 0);

  cairo_set_line_width (cr, plot->theme->stroke);
  gdk_cairo_set_source_rgba (cr, &plot->theme->muted);
  cairo_move_to (cr, plot->x.start, plot->y.start);
  cairo_line_to (cr, plot->x.end, plot->y.end);
  cairo_stroke (cr);
  color.alpha = plot->n > 300 ? 0.45f : 0.75f;
  gdk_cairo_set_source_rgba (cr, &color);
  for (gint64 i = plot->first; i < plot->first + plot->n; i++)
    {
      cairo_new_path (cr);
      cairo_arc (cr, strata_scale_map (&plot->x, self->evaluation->truths[i]),
                 strata_scale_map (&plot->y, self->evaluation->answers[i]), DOT, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  draw_label (plot, _("True"), &plot->theme->muted, (plot->left + plot->right) / 2, plot->bottom + 2.4 * plot->em, 0.5,
              cr);
}

static void
draw_line (Plot         *plot,
           const double *values,
           guint         color,
           gboolean      dashed,
           cairo_t      *cr)
{
  cairo_new_path (cr);
  for (gint64 i = 0; i < plot->n; i++)
    cairo_line_to (cr, strata_scale_map (&plot->x, i), strata_scale_map (&plot->y, values[plot->first + i]));
  gdk_cairo_set_source_rgba (cr, strata_chart_theme_get_color (plot->theme, color));
  cairo_set_line_width (cr, plot->theme->stroke);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, (double[]){ 5, 3 }, dashed ? 2 : 0, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/* A stroke of the line, and what it is. */
static void
draw_key (Plot       *plot,
          const char *text,
          guint       color,
          gboolean    dashed,
          double      x,
          cairo_t    *cr)
{
  double y = plot->bottom + 2.2 * plot->em;

  gdk_cairo_set_source_rgba (cr, strata_chart_theme_get_color (plot->theme, color));
  cairo_set_line_width (cr, plot->theme->stroke);
  cairo_set_dash (cr, (double[]){ 5, 3 }, dashed ? 2 : 0, 0);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + 1.8 * plot->em, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  draw_label (plot, text, strata_chart_theme_get_color (plot->theme, color), x + 2.2 * plot->em, y, 0, cr);
}

static void
strata_scatter_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  StrataScatter *self = STRATA_SCATTER (widget);
  Plot plot = { 0 };
  cairo_t *cr;

  if (self->evaluation == NULL || self->evaluation->n == 0 || gtk_widget_get_width (widget) < 80)
    return;
  plot_init (&plot, self);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                 gtk_widget_get_height (widget)));
  draw_grid (self, &plot, cr);
  if (self->in_order)
    {
      draw_line (&plot, self->evaluation->truths, 0, FALSE, cr);
      draw_line (&plot, self->evaluation->answers, 1, TRUE, cr);
      draw_key (&plot, _("True"), 0, FALSE, plot.left, cr);
      draw_key (&plot, _("Predicted"), 1, TRUE, plot.left + 7 * plot.em, cr);
    }
  else
    draw_points (self, &plot, cr);
  cairo_destroy (cr);
  strata_chart_theme_free (plot.theme);
}

static void
strata_scatter_class_init (StrataScatterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = strata_scatter_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
strata_scatter_init (StrataScatter *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), 280, HEIGHT);
}

/**
 * strata_scatter_new:
 * @in_order: whether samples follow each other in time, and are drawn as lines
 */
GtkWidget *
strata_scatter_new (gboolean in_order)
{
  StrataScatter *self = g_object_new (STRATA_TYPE_SCATTER, NULL);

  self->in_order = in_order;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  in_order ? _("Predictions and truth in time") : _("Predictions against truth"), -1);
  return GTK_WIDGET (self);
}

/**
 * strata_scatter_show:
 * @evaluation: (nullable): of a network that predicts numbers; must stay until another is shown
 */
void
strata_scatter_show (StrataScatter    *self,
                     StrataEvaluation *evaluation)
{
  self->evaluation = evaluation;
  if (evaluation != NULL)
    {
      g_autofree char *count = strata_words_count (evaluation->n);
      g_autofree char *text = g_strdup_printf (_("%s predictions, in the mean %.3g off"), count, evaluation->absolute);

      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
