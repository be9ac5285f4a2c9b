/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/chart-layout.h"
#include "charts/polyline.h"

G_BEGIN_DECLS

/* Size of ticks and labels, of the user's font. */
#define STRATA_CHART_SMALL 0.85

/**
 * StrataChartInk:
 *
 * The lines of a chart as they were last drawn. Those that have not changed are
 * drawn again without looking at their points.
 */
typedef struct _StrataChartInk StrataChartInk;

StrataChartInk *strata_chart_ink_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void            strata_chart_ink_free (StrataChartInk *self);
void            strata_chart_ink_lines (StrataChartInk *self, StrataSeries *series, const StrataChartLayout *layout,
                                        double smoothing, const StrataPolyline **raw, const StrataPolyline **smooth);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataChartInk, strata_chart_ink_free)

/* What stands still: grid, ticks, legend. */
void     strata_chart_draw_grid      (StrataChart *chart, const StrataChartLayout *layout,
                                      const StrataChartTheme *theme, cairo_t *cr);
/* What moves: lines, the names at their ends, the best epochs. */
void     strata_chart_draw_lines     (StrataChart *chart, const StrataChartLayout *layout,
                                      const StrataChartTheme *theme, StrataChartInk *ink, cairo_t *cr);
void     strata_chart_draw_labels    (StrataChart *chart, const StrataChartLayout *layout,
                                      const StrataChartTheme *theme, StrataChartInk *ink, cairo_t *cr);
/* What follows the pointer: the values at an epoch. */
void     strata_chart_draw_values_at (StrataChart *chart, const StrataChartLayout *layout,
                                      const StrataChartTheme *theme, double x, cairo_t *cr);
gboolean strata_chart_snap           (StrataChart *chart, double *x);

/* All of it, with its title: what is exported. */
void     strata_chart_draw           (StrataChart *chart, const StrataChartTheme *theme, double width,
                                      double height, cairo_t *cr);

/* Shared by the parts. */
double   strata_chart_legend_height  (StrataChart *chart, const StrataChartTheme *theme, double width);
void     strata_chart_draw_legend    (StrataChart *chart, const StrataChartLayout *layout,
                                      const StrataChartTheme *theme, cairo_t *cr);
gboolean strata_chart_is_labelled    (StrataSeries *series);
void     strata_chart_draw_sample    (StrataSeries *series, const StrataChartTheme *theme, double x, double y,
                                      double width, cairo_t *cr);
void     strata_chart_set_pen        (StrataSeries *series, const StrataChartTheme *theme, double alpha, cairo_t *cr);
void     strata_chart_draw_text      (PangoLayout *text, const GdkRGBA *color, double x, double y, cairo_t *cr);
/* A line of text in a column, of which all of a table consists */
double   strata_chart_measure_label  (const StrataChartTheme *theme, const char *text);
void     strata_chart_draw_label     (const StrataChartTheme *theme, const char *text, const GdkRGBA *color, double x,
                                      double middle, double width, double anchor, cairo_t *cr);

G_END_DECLS
