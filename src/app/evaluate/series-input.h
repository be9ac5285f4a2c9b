/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/evaluation.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SERIES_INPUT (strata_series_input_get_type ())
G_DECLARE_FINAL_TYPE (StrataSeriesInput, strata_series_input, STRATA, SERIES_INPUT, GtkWidget)

/* Signals: changed (), when there is another series to ask about. */
GtkWidget     *strata_series_input_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void           strata_series_input_show (StrataSeriesInput *self, StrataEvaluation *evaluation);
const float   *strata_series_input_read (StrataSeriesInput *self);

G_END_DECLS
