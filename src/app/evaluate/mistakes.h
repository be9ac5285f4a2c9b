/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/evaluation.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MISTAKES (strata_mistakes_get_type ())
G_DECLARE_FINAL_TYPE (StrataMistakes, strata_mistakes, STRATA, MISTAKES, GtkWidget)

GtkWidget  *strata_mistakes_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void        strata_mistakes_show       (StrataMistakes *self, StrataEvaluation *evaluation, gint64 truth,
                                        gint64 answer);

/* For tests: whether samples are still on their way, how many are shown, and what is written above them */
gboolean    strata_mistakes_is_reading (StrataMistakes *self);
guint       strata_mistakes_get_n      (StrataMistakes *self);
const char *strata_mistakes_get_title  (StrataMistakes *self);

G_END_DECLS
