/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "charts/chart.h"
#include "train/run-curves.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHART_BOARD (strata_chart_board_get_type ())
G_DECLARE_FINAL_TYPE (StrataChartBoard, strata_chart_board, STRATA, CHART_BOARD, GtkWidget)

GtkWidget   *strata_chart_board_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void         strata_chart_board_add       (StrataChartBoard *self, StrataRunCurves *curves);
void         strata_chart_board_remove    (StrataChartBoard *self, StrataRunCurves *curves);
void         strata_chart_board_set_x_end (StrataChartBoard *self, double x_end);
StrataChart *strata_chart_board_find      (StrataChartBoard *self, const char *log);

/* How its charts are looked at, by what they measure */
void       strata_chart_board_remember (StrataChartBoard *self, JsonObject *memory);
void       strata_chart_board_recall   (StrataChartBoard *self, JsonObject *memory);

G_END_DECLS
