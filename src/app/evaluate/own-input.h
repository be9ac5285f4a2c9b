/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "charts/bars.h"
#include "runner/evaluation.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OWN_INPUT (strata_own_input_get_type ())
G_DECLARE_FINAL_TYPE (StrataOwnInput, strata_own_input, STRATA, OWN_INPUT, GtkWidget)

GtkWidget  *strata_own_input_new        (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean    strata_own_input_show       (StrataOwnInput *self, StrataEvaluation *evaluation);
gboolean    strata_own_input_open_picture (StrataOwnInput *self, GFile *file);
StrataBars *strata_own_input_get_bars   (StrataOwnInput *self);
const char *strata_own_input_get_answer (StrataOwnInput *self);

G_END_DECLS
