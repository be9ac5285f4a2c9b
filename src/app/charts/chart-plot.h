/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/chart.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHART_PLOT (strata_chart_plot_get_type ())
G_DECLARE_FINAL_TYPE (StrataChartPlot, strata_chart_plot, STRATA, CHART_PLOT, GtkWidget)

GtkWidget   *strata_chart_plot_new       (void) G_GNUC_WARN_UNUSED_RESULT;
StrataChart *strata_chart_plot_get_chart (StrataChartPlot *self);
void         strata_chart_plot_set_chart (StrataChartPlot *self, StrataChart *chart);
double       strata_chart_plot_get_cursor (StrataChartPlot *self);
void         strata_chart_plot_set_cursor (StrataChartPlot *self, double cursor);

G_END_DECLS
