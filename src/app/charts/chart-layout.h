/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/chart.h"
#include "charts/theme.h"
#include "charts/ticks.h"

G_BEGIN_DECLS

/**
 * StrataChartLayout:
 * @width: of all
 * @height: of all
 * @em: height of a line of text
 * @left: of the plot; the other three are like it
 * @x: scale of epochs
 * @y: scale of values
 * @x_ticks: marks of epochs
 * @y_ticks: marks of values, in the unit of the kind
 * @has_values: whether there is anything to show
 * @names: a hash of the lines that are named
 * @labels_at_ends: whether lines are named where they end, rather than in a legend
 *
 * Where the parts of a chart go. It changes rarely while lines grow.
 */
typedef struct
{
  double width, height;
  double em;
  double left, top, right, bottom;
  StrataScale x, y;
  StrataTicks x_ticks, y_ticks;
  gboolean has_values;
  guint names;
  gboolean labels_at_ends;
} StrataChartLayout;

void     strata_chart_layout_init  (StrataChartLayout *self, StrataChart *chart, const StrataChartTheme *theme,
                                    double width, double height);
gboolean strata_chart_layout_equal (const StrataChartLayout *self, const StrataChartLayout *other);

G_END_DECLS
