/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROGRESS_STRIP (strata_progress_strip_get_type ())
G_DECLARE_FINAL_TYPE (StrataProgressStrip, strata_progress_strip, STRATA, PROGRESS_STRIP, GtkWidget)

GtkWidget *strata_progress_strip_new (StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
