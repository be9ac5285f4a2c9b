/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/evaluation.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CONFUSION (strata_confusion_get_type ())
G_DECLARE_FINAL_TYPE (StrataConfusion, strata_confusion, STRATA, CONFUSION, GtkWidget)

/* Properties: truth, answer: the cell that is chosen, -1 for none. */
GtkWidget *strata_confusion_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void       strata_confusion_show   (StrataConfusion *self, StrataEvaluation *evaluation);
void       strata_confusion_choose (StrataConfusion *self, gint64 truth, gint64 answer);
gboolean   strata_confusion_get_chosen (StrataConfusion *self, gint64 *truth, gint64 *answer);
char      *strata_confusion_dup_sentence (StrataConfusion *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
