/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "evaluate/confusion.h"
#include "evaluate/mistakes.h"
#include "runner/runner.h"

G_BEGIN_DECLS

#define STRATA_TYPE_EVALUATE_VIEW (strata_evaluate_view_get_type ())
G_DECLARE_FINAL_TYPE (StrataEvaluateView, strata_evaluate_view, STRATA, EVALUATE_VIEW, GtkWidget)

GtkWidget       *strata_evaluate_view_new            (StrataDocument *document,
                                                      StrataRunner *runner) G_GNUC_WARN_UNUSED_RESULT;

/* For tests: which page is shown ("empty", "busy", "problem", "classes", "numbers", "other"), and what is on it */
const char      *strata_evaluate_view_get_page       (StrataEvaluateView *self);
StrataConfusion *strata_evaluate_view_get_confusion  (StrataEvaluateView *self);
StrataMistakes  *strata_evaluate_view_get_mistakes   (StrataEvaluateView *self);
const char      *strata_evaluate_view_get_sentence   (StrataEvaluateView *self);

gboolean         strata_evaluate_view_open_picture (StrataEvaluateView *self, GFile *file);

G_END_DECLS
