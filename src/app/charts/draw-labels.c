/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/drawing.h"

#include <math.h>

/* A name beside the end of its line. */
typedef struct
{
  StrataSeries *series;
  PangoLayout *text;
  double y; /* of its middle */
} Label;

static void
label_clear (gpointer data)
{
  g_object_unref (((Label *) data)->text);
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  double left = ((const Label *) a)->y, right = ((const Label *) b)->y;

  return (left > right) - (left < right);
}

/* Where a line ends, smooth if it is drawn so: at its last point that is no gap. */
static gboolean
get_end (StrataChart             *chart,
         StrataSeries            *series,
         const StrataChartLayout *layout,
         StrataChartInk          *ink,
         double                  *y)
{
  const StrataPolyline *raw, *smooth, *line;

  strata_chart_ink_lines (ink, series, layout, strata_chart_get_smoothing (chart), &raw, &smooth);
  line = smooth->n > 0 ? smooth : raw;
  for (gsize i = line->n; i > 0; i--)
    if (!isnan (line->points[i - 1].y))
      {
        *y = line->points[i - 1].y;
        return TRUE;
      }
  return FALSE;
}

/* Names stand in a column, to the right of all lines. */
static double
get_column (StrataChart             *chart,
            const StrataChartLayout *layout)
{
  double column = layout->left;

  for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
    {
      StrataSeries *series = strata_chart_get_series (chart, i);
      double x;

      if (strata_series_get_visible (series) && strata_series_get_last (series, &x, NULL))
        column = fmax (column, strata_scale_map (&layout->x, x));
    }
  return column + 0.5 * layout->em;
}

static GArray *
make_labels (StrataChart             *chart,
             const StrataChartLayout *layout,
             const StrataChartTheme  *theme,
             StrataChartInk          *ink)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));

  g_array_set_clear_func (labels, label_clear);
  for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
    {
      Label label = { strata_chart_get_series (chart, i) };

      if (!strata_chart_is_labelled (label.series) || !get_end (chart, label.series, layout, ink, &label.y))
        continue;
      label.text = strata_chart_theme_layout (theme, strata_series_get_name (label.series), STRATA_CHART_SMALL,
                                              PANGO_WEIGHT_MEDIUM);
      g_array_append_val (labels, label);
    }
  g_array_sort (labels, compare_labels);
  return labels;
}

/* Moves names apart: downwards from the top, then those that were pushed out at the bottom up again. */
static void
spread (GArray *labels,
        double  distance,
        double  top,
        double  bottom)
{
  double limit = top;

  for (guint i = 0; i < labels->len; i++)
    {
      Label *label = &g_array_index (labels, Label, i);

      label->y = fmax (label->y, limit);
      limit = label->y + distance;
    }
  limit = bottom;
  for (guint i = labels->len; i > 0; i--)
    {
      Label *label = &g_array_index (labels, Label, i - 1);

      label->y = fmin (label->y, limit);
      limit = label->y - distance;
    }
}

/**
 * strata_chart_draw_labels: (skip)
 * @chart: a chart
 * @layout: where its parts go
 * @theme: what it looks like
 * @ink: what was drawn before
 * @cr: where
 *
 * Names the lines where they end, if there is room.
 */
void
strata_chart_draw_labels (StrataChart             *chart,
                          const StrataChartLayout *layout,
                          const StrataChartTheme  *theme,
                          StrataChartInk          *ink,
                          cairo_t                 *cr)
{
  g_autoptr (GArray) labels = NULL;
  double x = get_column (chart, layout);

  if (!layout->labels_at_ends)
    return;
  labels = make_labels (chart, layout, theme, ink);
  spread (labels, 1.05 * layout->em, layout->top, layout->bottom - 0.4 * layout->em);
  cairo_save (cr);
  for (guint i = 0; i < labels->len; i++)
    {
      Label *label = &g_array_index (labels, Label, i);
      const GdkRGBA *color = strata_chart_theme_get_color (theme, strata_series_get_color (label->series));
      int height;

      pango_layout_get_pixel_size (label->text, NULL, &height);
      strata_chart_draw_text (label->text, color, x, floor (label->y - height / 2.), cr);
    }
  cairo_restore (cr);
}

typedef void (*LegendFunc) (StrataSeries *series, PangoLayout *text, double x, double y, double em, gpointer data);

/* Places names in rows from left to right, and returns the height of the rows. */
static double
place_legend (StrataChart            *chart,
              const StrataChartTheme *theme,
              double                  width,
              LegendFunc              func,
              gpointer                data)
{
  double em = strata_chart_theme_em (theme), x = 0, y = 0;

  for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
    {
      StrataSeries *series = strata_chart_get_series (chart, i);
      g_autoptr (PangoLayout) text = NULL;
      int length;

      if (!strata_chart_is_labelled (series))
        continue;
      text = strata_chart_theme_layout (theme, strata_series_get_name (series), STRATA_CHART_SMALL,
                                        PANGO_WEIGHT_NORMAL);
      pango_layout_get_pixel_size (text, &length, NULL);
      if (x > 0 && x + 1.6 * em + length > width)
        {
          x = 0;
          y += 1.1 * em;
        }
      if (func != NULL)
        func (series, text, x, y, em, data);
      x += length + 2.6 * em;
    }
  return y + em;
}

/**
 * strata_chart_legend_height: (skip)
 * @chart: a chart
 * @theme: what it looks like
 * @width: how wide it is
 *
 * Returns: how high its legend is
 */
double
strata_chart_legend_height (StrataChart            *chart,
                            const StrataChartTheme *theme,
                            double                  width)
{
  return place_legend (chart, theme, width, NULL, NULL);
}

typedef struct
{
  const StrataChartTheme *theme;
  cairo_t *cr;
} LegendPen;

static void
draw_legend_entry (StrataSeries *series,
                   PangoLayout  *text,
                   double        x,
                   double        y,
                   double        em,
                   gpointer      data)
{
  LegendPen *pen = data;
  int height;

  pango_layout_get_pixel_size (text, NULL, &height);
  strata_chart_draw_sample (series, pen->theme, x, y + height / 2., 1.3 * em, pen->cr);
  strata_chart_draw_text (text, &pen->theme->ink, x + 1.6 * em, y, pen->cr);
}

/**
 * strata_chart_draw_legend: (skip)
 * @chart: a chart
 * @layout: where its parts go
 * @theme: what it looks like
 * @cr: where
 *
 * Names the lines above the plot, where there is no room at their ends.
 */
void
strata_chart_draw_legend (StrataChart             *chart,
                          const StrataChartLayout *layout,
                          const StrataChartTheme  *theme,
                          cairo_t                 *cr)
{
  LegendPen pen = { theme, cr };

  place_legend (chart, theme, layout->width, draw_legend_entry, &pen);
}
