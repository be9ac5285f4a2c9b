/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/drawing.h"

#include <glib/gi18n.h>
#include <math.h>

/* A line of one pixel is sharp where it fills a row. */
static double
sharp (double place)
{
  return floor (place) + 0.5;
}

static void
draw_across (const StrataChartLayout *layout,
             double                   y,
             cairo_t                 *cr)
{
  cairo_move_to (cr, layout->left, sharp (y));
  cairo_line_to (cr, layout->right, sharp (y));
  cairo_stroke (cr);
}

static void
draw_values (StrataChart             *chart,
             const StrataChartLayout *layout,
             const StrataChartTheme  *theme,
             cairo_t                 *cr)
{
  double factor = strata_chart_get_kind (chart)->factor;

  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < layout->y_ticks.n; i++)
    {
      double y = strata_scale_map (&layout->y, layout->y_ticks.values[i] / factor);
      g_autofree char *label = strata_ticks_label (&layout->y_ticks, i);
      g_autoptr (PangoLayout) text = strata_chart_theme_layout (theme, label, STRATA_CHART_SMALL, PANGO_WEIGHT_NORMAL);
      int width, height;

      gdk_cairo_set_source_rgba (cr, &theme->grid);
      draw_across (layout, y, cr);
      if (!layout->has_values)
        continue;
      pango_layout_get_pixel_size (text, &width, &height);
      strata_chart_draw_text (text, &theme->muted, layout->left - 0.6 * layout->em - width,
                              floor (y - height / 2.), cr);
    }
}

static void
draw_epochs (const StrataChartLayout *layout,
             const StrataChartTheme  *theme,
             cairo_t                 *cr)
{
  g_autoptr (PangoLayout) title = strata_chart_theme_layout (theme, _("Epoch"), STRATA_CHART_SMALL,
                                                             PANGO_WEIGHT_NORMAL);
  double top = layout->bottom + 0.35 * layout->em;
  int width;

  for (guint i = 0; i < layout->x_ticks.n; i++)
    {
      double x = strata_scale_map (&layout->x, layout->x_ticks.values[i]);
      g_autofree char *label = strata_ticks_label (&layout->x_ticks, i);
      g_autoptr (PangoLayout) text = strata_chart_theme_layout (theme, label, STRATA_CHART_SMALL, PANGO_WEIGHT_NORMAL);

      pango_layout_get_pixel_size (text, &width, NULL);
      strata_chart_draw_text (text, &theme->muted, fmin (floor (x - width / 2.), layout->width - width), top, cr);
    }
  pango_layout_get_pixel_size (title, &width, NULL);
  strata_chart_draw_text (title, &theme->muted, layout->left - 0.6 * layout->em - width, top, cr);
}

static void
draw_nothing (const StrataChartLayout *layout,
              const StrataChartTheme  *theme,
              cairo_t                 *cr)
{
  g_autoptr (PangoLayout) text = strata_chart_theme_layout (theme, _("No values yet"), 1, PANGO_WEIGHT_NORMAL);
  int width, height;

  pango_layout_get_pixel_size (text, &width, &height);
  strata_chart_draw_text (text, &theme->muted, floor ((layout->left + layout->right - width) / 2),
                          floor ((layout->top + layout->bottom - height) / 2), cr);
}

/**
 * strata_chart_draw_grid: (skip)
 * @chart: a chart
 * @layout: where its parts go
 * @theme: what it looks like
 * @cr: where
 *
 * Draws what stands still while lines grow.
 */
void
strata_chart_draw_grid (StrataChart             *chart,
                        const StrataChartLayout *layout,
                        const StrataChartTheme  *theme,
                        cairo_t                 *cr)
{
  cairo_save (cr);
  draw_values (chart, layout, theme, cr);
  gdk_cairo_set_source_rgba (cr, &theme->muted);
  cairo_set_line_width (cr, 1);
  draw_across (layout, layout->bottom, cr);
  draw_epochs (layout, theme, cr);
  if (!layout->has_values)
    draw_nothing (layout, theme, cr);
  if (!layout->labels_at_ends)
    strata_chart_draw_legend (chart, layout, theme, cr);
  cairo_restore (cr);
}
