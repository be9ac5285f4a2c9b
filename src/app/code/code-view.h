/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CODE_VIEW (strata_code_view_get_type ())
G_DECLARE_FINAL_TYPE (StrataCodeView, strata_code_view, STRATA, CODE_VIEW, GtkWidget)

GtkWidget *strata_code_view_new      (StrataDocument *document, StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;
char      *strata_code_view_dup_text (StrataCodeView *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
