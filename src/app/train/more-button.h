/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MORE_BUTTON (strata_more_button_get_type ())
G_DECLARE_FINAL_TYPE (StrataMoreButton, strata_more_button, STRATA, MORE_BUTTON, GtkWidget)

GtkWidget *strata_more_button_new (StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
