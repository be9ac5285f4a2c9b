/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/run.h"
#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_NUMBER_STRIP (strata_number_strip_get_type ())
G_DECLARE_FINAL_TYPE (StrataNumberStrip, strata_number_strip, STRATA, NUMBER_STRIP, GtkWidget)

GtkWidget *strata_number_strip_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void       strata_number_strip_update (StrataNumberStrip *self, StrataRun *run, StrataRunner *runner);

G_END_DECLS
