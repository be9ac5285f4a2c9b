/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/drawing.h"

#include <math.h>

#include "charts/smoothing.h"

/* Points are marked where they are so few that one may wonder what was measured. */
#define MARK_DISTANCE 20

/* A series, and the lines that were made of it. */
typedef struct
{
  guint version;
  double smoothing;
  StrataScale x, y;
  StrataPolyline raw, smooth;
} Line;

struct _StrataChartInk
{
  GHashTable *lines; /* StrataSeries -> Line */
};

static void
line_free (Line *line)
{
  strata_polyline_clear (&line->raw);
  strata_polyline_clear (&line->smooth);
  g_free (line);
}

/**
 * strata_chart_ink_new: (skip)
 *
 * Returns: (transfer full): nothing drawn yet
 */
StrataChartInk *
strata_chart_ink_new (void)
{
  StrataChartInk *self = g_new0 (StrataChartInk, 1);

  self->lines = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) line_free);
  return self;
}

/**
 * strata_chart_ink_free: (skip)
 * @self: ink
 */
void
strata_chart_ink_free (StrataChartInk *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->lines);
  g_free (self);
}

static void
line_make (Line                    *line,
           StrataSeries            *series,
           const StrataChartLayout *layout,
           double                   smoothing)
{
  const double *x = strata_series_get_x (series), *y = strata_series_get_y (series);
  gsize n = strata_series_get_n (series);

  line->version = strata_series_get_version (series);
  line->smoothing = smoothing;
  line->x = layout->x;
  line->y = layout->y;
  strata_polyline_set (&line->raw, x, y, n, &layout->x, &layout->y);
  line->smooth.n = 0;
  if (smoothing > 0)
    {
      g_autofree double *average = g_new (double, MAX (n, 1));

      strata_smoothing_apply (y, n, smoothing, average);
      strata_polyline_set (&line->smooth, x, average, n, &layout->x, &layout->y);
    }
}

/**
 * strata_chart_ink_lines: (skip)
 * @self: ink
 * @series: a series
 * @layout: where it goes
 * @smoothing: share of the past
 * @raw: (out): what was measured
 * @smooth: (out): its average; no points without smoothing
 *
 * Makes the lines of a series, or returns those that were made already.
 */
void
strata_chart_ink_lines (StrataChartInk           *self,
                        StrataSeries             *series,
                        const StrataChartLayout  *layout,
                        double                    smoothing,
                        const StrataPolyline    **raw,
                        const StrataPolyline    **smooth)
{
  Line *line = g_hash_table_lookup (self->lines, series);

  if (line == NULL)
    {
      line = g_new0 (Line, 1);
      g_hash_table_insert (self->lines, g_object_ref (series), line);
      line_make (line, series, layout, smoothing);
    }
  else if (line->version != strata_series_get_version (series) || line->smoothing != smoothing ||
           !strata_scale_equal (&line->x, &layout->x) || !strata_scale_equal (&line->y, &layout->y))
    line_make (line, series, layout, smoothing);
  *raw = &line->raw;
  *smooth = &line->smooth;
}

/* Forgets what is no longer in the chart. */
static void
ink_sweep (StrataChartInk *self,
           StrataChart    *chart)
{
  GHashTableIter iter;
  gpointer series;

  if (g_hash_table_size (self->lines) <= strata_chart_get_n_series (chart))
    return;
  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, &series, NULL))
    {
      gboolean there = FALSE;

      for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
        there = there || strata_chart_get_series (chart, i) == series;
      if (!there)
        g_hash_table_iter_remove (&iter);
    }
}

static void
stroke (const StrataPolyline *line,
        cairo_t              *cr)
{
  gboolean pen_down = FALSE;

  for (gsize i = 0; i < line->n; i++)
    {
      StrataPoint point = line->points[i];

      if (isnan (point.y))
        pen_down = FALSE;
      else if (pen_down)
        cairo_line_to (cr, point.x, point.y);
      else
        {
          cairo_move_to (cr, point.x, point.y);
          pen_down = TRUE;
        }
    }
  cairo_stroke (cr);
}

static void
draw_dot (double   x,
          double   y,
          double   radius,
          cairo_t *cr)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
}

static void
draw_points (const StrataPolyline    *line,
             const StrataChartLayout *layout,
             double                   radius,
             cairo_t                 *cr)
{
  if (line->n == 0 || (layout->right - layout->left) / line->n < MARK_DISTANCE)
    return;
  for (gsize i = 0; i < line->n; i++)
    if (!isnan (line->points[i].y))
      draw_dot (line->points[i].x, line->points[i].y, radius, cr);
  cairo_fill (cr);
}

static void
draw_series (StrataChart             *chart,
             StrataSeries            *series,
             const StrataChartLayout *layout,
             const StrataChartTheme  *theme,
             StrataChartInk          *ink,
             cairo_t                 *cr)
{
  gboolean faint = strata_series_get_style (series) == STRATA_SERIES_FAINT;
  const StrataPolyline *raw, *smooth;

  strata_chart_ink_lines (ink, series, layout, strata_chart_get_smoothing (chart), &raw, &smooth);
  strata_chart_set_pen (series, theme, faint || smooth->n > 0 ? 0.35 : 1, cr);
  if (smooth->n > 0 && !faint)
    cairo_set_line_width (cr, theme->stroke / 2);
  stroke (raw, cr);
  if (!faint)
    draw_points (raw, layout, theme->stroke * 1.15, cr);
  if (smooth->n > 0)
    {
      strata_chart_set_pen (series, theme, faint ? 0.6 : 1, cr);
      stroke (smooth, cr);
    }
}

/* A ring around the point where a run was best. */
static void
draw_best (StrataChart             *chart,
           StrataSeries            *series,
           const StrataChartLayout *layout,
           const StrataChartTheme  *theme,
           cairo_t                 *cr)
{
  const GdkRGBA *color = strata_chart_theme_get_color (theme, strata_series_get_color (series));
  double x, y;

  if (strata_series_get_n (series) < 2 || !strata_chart_get_best (chart, series, &x, &y))
    return;
  x = strata_scale_map (&layout->x, x);
  y = strata_scale_map (&layout->y, y);
  if (isnan (x) || isnan (y))
    return;
  cairo_set_dash (cr, NULL, 0, 0);
  draw_dot (x, y, theme->stroke * 2.4, cr);
  gdk_cairo_set_source_rgba (cr, &theme->surface);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, theme->stroke * 0.75);
  cairo_stroke (cr);
  draw_dot (x, y, theme->stroke, cr);
  cairo_fill (cr);
}

/**
 * strata_chart_draw_lines: (skip)
 * @chart: a chart
 * @layout: where its parts go
 * @theme: what it looks like
 * @ink: what was drawn before
 * @cr: where
 *
 * Draws the lines, details below, and marks the best epochs.
 */
void
strata_chart_draw_lines (StrataChart             *chart,
                         const StrataChartLayout *layout,
                         const StrataChartTheme  *theme,
                         StrataChartInk          *ink,
                         cairo_t                 *cr)
{
  guint n = strata_chart_get_n_series (chart);

  ink_sweep (ink, chart);
  cairo_save (cr);
  /* Half of a stroke reaches over the edges. */
  cairo_rectangle (cr, layout->left - 8, 0, layout->right - layout->left + 16, layout->bottom + 4);
  cairo_clip (cr);
  for (int faint = 1; faint >= 0; faint--)
    for (guint i = 0; i < n; i++)
      {
        StrataSeries *series = strata_chart_get_series (chart, i);

        if (strata_series_get_visible (series) && (strata_series_get_style (series) == STRATA_SERIES_FAINT) == faint)
          draw_series (chart, series, layout, theme, ink, cr);
      }
  for (guint i = 0; i < n; i++)
    if (strata_chart_is_labelled (strata_chart_get_series (chart, i)))
      draw_best (chart, strata_chart_get_series (chart, i), layout, theme, cr);
  cairo_restore (cr);
}
