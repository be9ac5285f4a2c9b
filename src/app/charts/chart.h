/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/chart-kind.h"
#include "charts/series.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHART (strata_chart_get_type ())
G_DECLARE_FINAL_TYPE (StrataChart, strata_chart, STRATA, CHART, GObject)

StrataChart           *strata_chart_new           (const StrataChartKind *kind,
                                                   const char *log) G_GNUC_WARN_UNUSED_RESULT;
const StrataChartKind *strata_chart_get_kind      (StrataChart *self);
const char            *strata_chart_get_log       (StrataChart *self);
char                  *strata_chart_dup_title     (StrataChart *self) G_GNUC_WARN_UNUSED_RESULT;

void                   strata_chart_add_series    (StrataChart *self, StrataSeries *series);
void                   strata_chart_remove_series (StrataChart *self, StrataSeries *series);
void                   strata_chart_remove_all    (StrataChart *self);
guint                  strata_chart_get_n_series  (StrataChart *self);
StrataSeries          *strata_chart_get_series    (StrataChart *self, guint i);

double                 strata_chart_get_x_end     (StrataChart *self);
void                   strata_chart_set_x_end     (StrataChart *self, double x_end);
StrataScaleKind        strata_chart_get_scale     (StrataChart *self);
void                   strata_chart_set_scale     (StrataChart *self, StrataScaleKind scale);
double                 strata_chart_get_smoothing (StrataChart *self);
void                   strata_chart_set_smoothing (StrataChart *self, double smoothing);

void                   strata_chart_get_x_range   (StrataChart *self, double *low, double *high);
gboolean               strata_chart_get_y_range   (StrataChart *self, double *low, double *high);
gboolean               strata_chart_get_best      (StrataChart *self, StrataSeries *series, double *x, double *y);
char                  *strata_chart_dup_summary   (StrataChart *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
