/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CONTROL_BAR (strata_control_bar_get_type ())
G_DECLARE_FINAL_TYPE (StrataControlBar, strata_control_bar, STRATA, CONTROL_BAR, GtkWidget)

GtkWidget *strata_control_bar_new (StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
