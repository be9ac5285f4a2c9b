/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/chart-layout.h"

#include <glib/gi18n.h>
#include <math.h>

#include "charts/drawing.h"

static double
text_width (const StrataChartTheme *theme,
            const char             *text,
            double                  size)
{
  g_autoptr (PangoLayout) layout = strata_chart_theme_layout (theme, text, size, PANGO_WEIGHT_NORMAL);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static double
ticks_width (const StrataTicks      *ticks,
             const StrataChartTheme *theme)
{
  double width = 0;

  for (guint i = 0; i < ticks->n; i++)
    {
      g_autofree char *label = strata_ticks_label (ticks, i);

      width = fmax (width, text_width (theme, label, STRATA_CHART_SMALL));
    }
  return width;
}

/* An axis begins at zero where that costs little, so that heights can be compared. */
static void
choose_y_range (const StrataChartKind *kind,
                StrataScaleKind        scale,
                guint                  wanted,
                double                *low,
                double                *high)
{
  StrataScale room;

  if (scale == STRATA_SCALE_LINEAR && kind->lowest == 0 && *low > 0 && *low < 0.4 * *high)
    *low = 0;
  strata_scale_init (&room, scale, *low, *high, 0, 1);
  *low = fmax (room.low, kind->lowest) * kind->factor;
  *high = fmin (room.high, kind->highest) * kind->factor;
  strata_ticks_widen (scale, wanted, low, high);
  *low = fmax (*low / kind->factor, kind->lowest);
  *high = fmin (*high / kind->factor, kind->highest);
}

static void
init_y (StrataChartLayout *self,
        StrataChart       *chart,
        double             low,
        double             high)
{
  const StrataChartKind *kind = strata_chart_get_kind (chart);
  StrataScaleKind scale = strata_chart_get_scale (chart);
  guint wanted = CLAMP ((self->bottom - self->top) / (3 * self->em), 2, 6);

  choose_y_range (kind, scale, wanted, &low, &high);
  strata_scale_init (&self->y, scale, low, high, self->bottom, self->top);
  strata_ticks_init (&self->y_ticks, scale, self->y.low * kind->factor, self->y.high * kind->factor, wanted);
}

static void
init_x (StrataChartLayout *self,
        StrataChart       *chart)
{
  double low, high;

  strata_chart_get_x_range (chart, &low, &high);
  strata_scale_init (&self->x, STRATA_SCALE_LINEAR, low, high, self->left, self->right);
  strata_ticks_init_counts (&self->x_ticks, low, high, CLAMP ((self->right - self->left) / (4.5 * self->em), 1, 10));
}

static guint
name_hash (guint         hash,
           StrataSeries *series)
{
  return hash * 31 + g_str_hash (strata_series_get_name (series)) + strata_series_get_color (series);
}

/* Room at the right for the names of lines, if they fit there. */
static double
labels_room (StrataChartLayout      *self,
             StrataChart            *chart,
             const StrataChartTheme *theme)
{
  double widest = 0;
  guint n = 0;

  for (guint i = 0; i < strata_chart_get_n_series (chart); i++)
    {
      StrataSeries *series = strata_chart_get_series (chart, i);

      if (!strata_chart_is_labelled (series))
        continue;
      widest = fmax (widest, text_width (theme, strata_series_get_name (series), STRATA_CHART_SMALL));
      self->names = name_hash (self->names, series);
      n++;
    }
  self->labels_at_ends = widest <= 0.28 * self->width && n * 1.1 * self->em <= self->height - 3 * self->em;
  return self->labels_at_ends && n > 0 ? widest + 0.6 * self->em : 0;
}

/**
 * strata_chart_layout_init: (skip)
 * @self: what is filled
 * @chart: a chart
 * @theme: what it looks like
 * @width: pixels there are
 * @height: pixels there are
 *
 * Finds a place for each part of a chart.
 */
void
strata_chart_layout_init (StrataChartLayout      *self,
                          StrataChart            *chart,
                          const StrataChartTheme *theme,
                          double                  width,
                          double                  height)
{
  double low = 0, high = 1, room;

  g_return_if_fail (self != NULL && theme != NULL);
  g_return_if_fail (STRATA_IS_CHART (chart));

  *self = (StrataChartLayout) { .width = width, .height = height, .em = strata_chart_theme_em (theme) };
  room = labels_room (self, chart, theme);
  self->top = 0.6 * self->em;
  if (!self->labels_at_ends)
    self->top += strata_chart_legend_height (chart, theme, width) + 0.4 * self->em;
  self->bottom = fmax (self->top + 1, height - 1.5 * self->em);
  self->has_values = strata_chart_get_y_range (chart, &low, &high);
  if (!self->has_values)
    {
      low = 0;
      high = 1;
    }
  init_y (self, chart, low, high);
  self->left = fmax (ticks_width (&self->y_ticks, theme), text_width (theme, _("Epoch"), STRATA_CHART_SMALL)) +
               0.6 * self->em;
  self->right = fmax (self->left + 1, width - fmax (room, 0.6 * self->em));
  init_x (self, chart);
}

/**
 * strata_chart_layout_equal: (skip)
 * @self: a layout
 * @other: another
 *
 * Returns: whether the parts that stand still look the same
 */
gboolean
strata_chart_layout_equal (const StrataChartLayout *self,
                           const StrataChartLayout *other)
{
  return self->width == other->width && self->height == other->height && self->em == other->em &&
         self->left == other->left && self->right == other->right && self->top == other->top &&
         self->has_values == other->has_values && self->labels_at_ends == other->labels_at_ends &&
         self->names == other->names &&
         strata_scale_equal (&self->x, &other->x) && strata_scale_equal (&self->y, &other->y);
}
