/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/drawing.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * strata_chart_is_labelled: (skip)
 * @series: a line
 *
 * Returns: whether it is named: it is seen, and not a detail behind another
 */
gboolean
strata_chart_is_labelled (StrataSeries *series)
{
  return strata_series_get_visible (series) && strata_series_get_style (series) != STRATA_SERIES_FAINT &&
         strata_series_get_n (series) > 0 && strata_series_get_name (series) != NULL;
}

/**
 * strata_chart_set_pen: (skip)
 * @series: a line
 * @theme: what it looks like
 * @alpha: how solid
 * @cr: where
 *
 * Sets colour, width and dashes of a line.
 */
void
strata_chart_set_pen (StrataSeries           *series,
                      const StrataChartTheme *theme,
                      double                  alpha,
                      cairo_t                *cr)
{
  const GdkRGBA *color = strata_chart_theme_get_color (theme, strata_series_get_color (series));
  gboolean faint = strata_series_get_style (series) == STRATA_SERIES_FAINT;
  const double dashes[] = { 2.5 * theme->stroke, 2 * theme->stroke };

  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
  cairo_set_line_width (cr, faint ? theme->stroke / 2 : theme->stroke);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (cr, dashes, strata_series_get_style (series) == STRATA_SERIES_DASHED ? 2 : 0, 0);
}

/**
 * strata_chart_draw_text: (skip)
 * @text: what to write
 * @color: in which colour
 * @x: where its left edge is
 * @y: where its top is
 * @cr: where
 */
void
strata_chart_draw_text (PangoLayout   *text,
                        const GdkRGBA *color,
                        double         x,
                        double         y,
                        cairo_t       *cr)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, text);
}

/**
 * strata_chart_draw_sample: (skip)
 * @series: a line
 * @theme: what it looks like
 * @x: where it begins
 * @y: how high it is
 * @width: how long it is
 * @cr: where
 *
 * Draws a short piece of a line, to stand beside its name.
 */
void
strata_chart_draw_sample (StrataSeries           *series,
                          const StrataChartTheme *theme,
                          double                  x,
                          double                  y,
                          double                  width,
                          cairo_t                *cr)
{
  cairo_save (cr);
  strata_chart_set_pen (series, theme, 1, cr);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_title (StrataChart            *chart,
            const StrataChartTheme *theme,
            double                  em,
            cairo_t                *cr)
{
  const StrataChartKind *kind = strata_chart_get_kind (chart);
  g_autofree char *title = strata_chart_dup_title (chart);
  g_autoptr (PangoLayout) name = strata_chart_theme_layout (theme, title, 1.1, PANGO_WEIGHT_BOLD);
  int width;

  strata_chart_draw_text (name, &theme->ink, 0, 0, cr);
  if (kind->unit != NULL)
    {
      g_autoptr (PangoLayout) unit = strata_chart_theme_layout (theme, _(kind->unit), 1.1, PANGO_WEIGHT_NORMAL);

      pango_layout_get_pixel_size (name, &width, NULL);
      strata_chart_draw_text (unit, &theme->muted, width + 0.4 * em, 0, cr);
    }
}

/**
 * strata_chart_draw: (skip)
 * @chart: a chart
 * @theme: what it looks like
 * @width: how wide
 * @height: how high
 * @cr: where
 *
 * Draws all of a chart, with its title.
 */
void
strata_chart_draw (StrataChart            *chart,
                   const StrataChartTheme *theme,
                   double                  width,
                   double                  height,
                   cairo_t                *cr)
{
  g_autoptr (StrataChartInk) ink = strata_chart_ink_new ();
  double em = strata_chart_theme_em (theme), margin = em, top = 1.6 * em;
  StrataChartLayout layout;

  g_return_if_fail (STRATA_IS_CHART (chart));

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &theme->surface);
  cairo_paint (cr);
  cairo_translate (cr, margin, margin);
  draw_title (chart, theme, em, cr);
  cairo_translate (cr, 0, top);
  strata_chart_layout_init (&layout, chart, theme, fmax (1, width - 2 * margin), fmax (1, height - 2 * margin - top));
  strata_chart_draw_grid (chart, &layout, theme, cr);
  strata_chart_draw_lines (chart, &layout, theme, ink, cr);
  strata_chart_draw_labels (chart, &layout, theme, ink, cr);
  cairo_restore (cr);
}

/**
 * strata_chart_measure_label: (skip)
 *
 * Returns: how wide a small line of text is
 */
double
strata_chart_measure_label (const StrataChartTheme *theme,
                            const char             *text)
{
  g_autoptr (PangoLayout) layout = strata_chart_theme_layout (theme, text, STRATA_CHART_SMALL, PANGO_WEIGHT_NORMAL);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/**
 * strata_chart_draw_label: (skip)
 * @x: where the column begins at the left, whatever way one reads
 * @middle: where the middle of the line is
 * @width: of the column; what is longer is cut
 * @anchor: where in the column the text is, from 0 at the left to 1 at the right
 *
 * Writes a small line of text.
 */
void
strata_chart_draw_label (const StrataChartTheme *theme,
                         const char             *text,
                         const GdkRGBA          *color,
                         double                  x,
                         double                  middle,
                         double                  width,
                         double                  anchor,
                         cairo_t                *cr)
{
  g_autoptr (PangoLayout) layout = strata_chart_theme_layout (theme, text, STRATA_CHART_SMALL, PANGO_WEIGHT_NORMAL);
  PangoRectangle extents;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  /* Whatever way the text itself is read, it keeps to its place. */
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  x += (width - extents.width) * anchor - extents.x;
  strata_chart_draw_text (layout, color, x, middle - extents.height / 2.0, cr);
}
