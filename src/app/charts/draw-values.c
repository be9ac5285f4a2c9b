/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/drawing.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_ROWS 12

/* A line's name and value, beside the pointer. */
typedef struct
{
  StrataSeries *series;
  PangoLayout *name, *value;
  double y;
} Row;

typedef struct
{
  PangoLayout *title;
  Row rows[MAX_ROWS];
  guint n_rows;
  double name_width, value_width, title_width;
  double row_height;
} Panel;

/**
 * strata_chart_snap: (skip)
 * @chart: a chart
 * @x: (inout): a place on its axis
 *
 * Moves @x to the nearest point of the lines that are named, or of any if none is.
 *
 * Returns: whether there is one
 */
gboolean
strata_chart_snap (StrataChart *chart,
                   double      *x)
{
  double nearest = INFINITY;

  for (int faint = 0; faint < 2 && isinf (nearest); faint++)
    for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
      {
        StrataSeries *series = strata_chart_get_series (chart, i);
        gsize index;

        if (!strata_series_get_visible (series) || (strata_series_get_style (series) == STRATA_SERIES_FAINT) != faint ||
            !strata_series_find (series, *x, &index))
          continue;
        if (fabs (strata_series_get_x (series)[index] - *x) < fabs (nearest - *x))
          nearest = strata_series_get_x (series)[index];
      }
  if (isinf (nearest))
    return FALSE;
  *x = nearest;
  return TRUE;
}

static void
panel_clear (Panel *panel)
{
  g_clear_object (&panel->title);
  for (guint i = 0; i < panel->n_rows; i++)
    {
      g_object_unref (panel->rows[i].name);
      g_object_unref (panel->rows[i].value);
    }
}

static double
width_of (PangoLayout *text)
{
  int width;

  pango_layout_get_pixel_size (text, &width, NULL);
  return width;
}

static void
panel_add (Panel                  *panel,
           StrataChart            *chart,
           StrataSeries           *series,
           const StrataChartTheme *theme,
           double                  y)
{
  Row *row = &panel->rows[panel->n_rows++];
  g_autofree char *value = strata_chart_kind_format (strata_chart_get_kind (chart), y);

  row->series = series;
  row->y = y;
  row->name = strata_chart_theme_layout (theme, strata_series_get_name (series), STRATA_CHART_SMALL,
                                         PANGO_WEIGHT_NORMAL);
  row->value = strata_chart_theme_layout (theme, value, STRATA_CHART_SMALL, PANGO_WEIGHT_BOLD);
  panel->name_width = fmax (panel->name_width, width_of (row->name));
  panel->value_width = fmax (panel->value_width, width_of (row->value));
}

/* The values of all lines that have a point at x. */
static void
panel_init (Panel                  *panel,
            StrataChart            *chart,
            const StrataChartTheme *theme,
            double                  x)
{
  g_autofree char *title = g_strdup_printf (_("Epoch %.4g"), x);
  gboolean named = FALSE;

  *panel = (Panel) { .row_height = 1.15 * strata_chart_theme_em (theme) };
  for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
    named = named || strata_chart_is_labelled (strata_chart_get_series (chart, i));
  for (guint i = 0; i < strata_chart_get_n_series (chart) && panel->n_rows < MAX_ROWS; i++)
    {
      StrataSeries *series = strata_chart_get_series (chart, i);
      gsize index;

      if (!strata_series_get_visible (series) || (named && !strata_chart_is_labelled (series)) ||
          !strata_series_find (series, x, &index) || strata_series_get_x (series)[index] != x)
        continue;
      panel_add (panel, chart, series, theme, strata_series_get_y (series)[index]);
    }
  panel->title = strata_chart_theme_layout (theme, title, STRATA_CHART_SMALL, PANGO_WEIGHT_NORMAL);
  panel->title_width = width_of (panel->title);
}

static void
draw_frame (const StrataChartTheme *theme,
            double                  x,
            double                  y,
            double                  width,
            double                  height,
            cairo_t                *cr)
{
  double radius = 8;

  cairo_new_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, theme->surface.red, theme->surface.green, theme->surface.blue, 0.93);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, theme->ink.red, theme->ink.green, theme->ink.blue, 0.2);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
panel_draw (Panel                   *panel,
            const StrataChartLayout *layout,
            const StrataChartTheme  *theme,
            double                   x,
            cairo_t                 *cr)
{
  double em = layout->em, pad = 0.6 * em;
  double inside = fmax (panel->title_width, 1.6 * em + panel->name_width + em + panel->value_width);
  double width = floor (inside + 2 * pad) + 1, height = floor ((panel->n_rows + 1) * panel->row_height + 2 * pad) + 1;
  double left = x + em, top = fmax (0, layout->top);

  if (left + width > layout->width)
    left = x - em - width;
  left = floor (fmax (left, 0)) + 0.5;
  top = floor (fmax (0, fmin (top, layout->height - height - 1))) + 0.5;
  draw_frame (theme, left, top, width, height, cr);
  strata_chart_draw_text (panel->title, &theme->muted, left + pad, top + pad, cr);
  for (guint i = 0; i < panel->n_rows; i++)
    {
      Row *row = &panel->rows[i];
      double y = top + pad + (i + 1) * panel->row_height;

      strata_chart_draw_sample (row->series, theme, left + pad, y + panel->row_height / 2, 1.2 * em, cr);
      strata_chart_draw_text (row->name, &theme->ink, left + pad + 1.6 * em, y, cr);
      strata_chart_draw_text (row->value, &theme->ink, left + width - pad - width_of (row->value), y, cr);
    }
}

static void
draw_hits (Panel                   *panel,
           const StrataChartLayout *layout,
           const StrataChartTheme  *theme,
           double                   x,
           cairo_t                 *cr)
{
  for (guint i = 0; i < panel->n_rows; i++)
    {
      double y = strata_scale_map (&layout->y, panel->rows[i].y);

      if (isnan (y))
        continue;
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, theme->stroke * 2, 0, 2 * G_PI);
      gdk_cairo_set_source_rgba (cr,
                                 strata_chart_theme_get_color (theme, strata_series_get_color (panel->rows[i].series)));
      cairo_fill (cr);
    }
}

/**
 * strata_chart_draw_values_at: (skip)
 * @chart: a chart
 * @layout: where its parts go
 * @theme: what it looks like
 * @x: an epoch that lines have a point at (see strata_chart_snap())
 * @cr: where
 *
 * Draws a line at an epoch, and a panel with the values there.
 */
void
strata_chart_draw_values_at (StrataChart             *chart,
                             const StrataChartLayout *layout,
                             const StrataChartTheme  *theme,
                             double                   x,
                             cairo_t                 *cr)
{
  double pixel = strata_scale_map (&layout->x, x);
  Panel panel;

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &theme->muted);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (pixel) + 0.5, layout->top);
  cairo_line_to (cr, floor (pixel) + 0.5, layout->bottom);
  cairo_stroke (cr);
  panel_init (&panel, chart, theme, x);
  draw_hits (&panel, layout, theme, pixel, cr);
  panel_draw (&panel, layout, theme, pixel, cr);
  panel_clear (&panel);
  cairo_restore (cr);
}
