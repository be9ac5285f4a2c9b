/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <adwaita.h>

#include "train/run-curves.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_ROW (strata_run_row_get_type ())
G_DECLARE_FINAL_TYPE (StrataRunRow, strata_run_row, STRATA, RUN_ROW, AdwExpanderRow)

/* Signals: delete (). */
GtkWidget       *strata_run_row_new        (StrataRunCurves *curves) G_GNUC_WARN_UNUSED_RESULT;
StrataRunCurves *strata_run_row_get_curves (StrataRunRow *self);

G_END_DECLS
