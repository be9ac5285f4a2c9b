/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_TRAIN_VIEW (strata_train_view_get_type ())
G_DECLARE_FINAL_TYPE (StrataTrainView, strata_train_view, STRATA, TRAIN_VIEW, GtkWidget)

GtkWidget *strata_train_view_new (StrataDocument *document, StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
