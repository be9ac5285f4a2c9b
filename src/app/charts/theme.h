/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * StrataChartTheme:
 * @ink: of titles and values
 * @muted: of ticks
 * @grid: of the lines behind
 * @surface: what is below, for halos; transparent to leave it alone
 * @colors: of series
 * @stroke: width of a line
 * @pango: fonts, at the size the user chose
 *
 * What a chart looks like. The same chart is drawn with another theme on paper
 * than on the screen.
 */
typedef struct
{
  GdkRGBA ink, muted, grid, surface;
  const GdkRGBA *colors;
  double stroke;
  PangoContext *pango;
} StrataChartTheme;

StrataChartTheme *strata_chart_theme_new_for_widget (GtkWidget *widget) G_GNUC_WARN_UNUSED_RESULT;
StrataChartTheme *strata_chart_theme_new_for_paper  (void) G_GNUC_WARN_UNUSED_RESULT;
void              strata_chart_theme_free           (StrataChartTheme *self);
const GdkRGBA    *strata_chart_theme_get_color      (const StrataChartTheme *self, guint index);
PangoLayout      *strata_chart_theme_layout         (const StrataChartTheme *self, const char *text, double size,
                                                     PangoWeight weight) G_GNUC_WARN_UNUSED_RESULT;
double            strata_chart_theme_em             (const StrataChartTheme *self);

const GdkRGBA    *strata_chart_color                (guint index, gboolean dark, gboolean high_contrast);
guint             strata_chart_n_colors             (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataChartTheme, strata_chart_theme_free)

G_END_DECLS
