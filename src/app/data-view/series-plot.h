/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/preview.h"

G_BEGIN_DECLS

/* More lines cannot be told apart. */
#define STRATA_SERIES_PLOT_LINES 6

#define STRATA_TYPE_SERIES_PLOT (strata_series_plot_get_type ())
G_DECLARE_FINAL_TYPE (StrataSeriesPlot, strata_series_plot, STRATA, SERIES_PLOT, GtkWidget)

GtkWidget *strata_series_plot_new (StrataPreview *preview, gsize i) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
