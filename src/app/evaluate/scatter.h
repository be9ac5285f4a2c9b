/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "runner/evaluation.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SCATTER (strata_scatter_get_type ())
G_DECLARE_FINAL_TYPE (StrataScatter, strata_scatter, STRATA, SCATTER, GtkWidget)

GtkWidget *strata_scatter_new  (gboolean in_order) G_GNUC_WARN_UNUSED_RESULT;
void       strata_scatter_show (StrataScatter *self, StrataEvaluation *evaluation);

G_END_DECLS
