/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "train/run-curves.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_LIST (strata_run_list_get_type ())
G_DECLARE_FINAL_TYPE (StrataRunList, strata_run_list, STRATA, RUN_LIST, GtkWidget)

/* Signals: delete (run). */
GtkWidget *strata_run_list_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void       strata_run_list_add    (StrataRunList *self, StrataRunCurves *curves);
void       strata_run_list_remove (StrataRunList *self, StrataRunCurves *curves);

G_END_DECLS
