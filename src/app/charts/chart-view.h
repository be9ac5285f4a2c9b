/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/chart.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHART_VIEW (strata_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (StrataChartView, strata_chart_view, STRATA, CHART_VIEW, GtkWidget)

GtkWidget   *strata_chart_view_new          (StrataChart *chart) G_GNUC_WARN_UNUSED_RESULT;
StrataChart *strata_chart_view_get_chart    (StrataChartView *self);
gboolean     strata_chart_view_get_as_table (StrataChartView *self);
void         strata_chart_view_set_as_table (StrataChartView *self, gboolean as_table);
void         strata_chart_view_link_cursor  (StrataChartView *self, StrataChartView *other);

G_END_DECLS
