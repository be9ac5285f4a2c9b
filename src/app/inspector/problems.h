/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "document/document.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROBLEMS (strata_problems_get_type ())
G_DECLARE_FINAL_TYPE (StrataProblems, strata_problems, STRATA, PROBLEMS, GtkWidget)

/* Signals: jump (node), to a node that a problem is about; notice (text). */
GtkWidget *strata_problems_new  (StrataDocument *document, gboolean names_nodes);
void       strata_problems_show (StrataProblems *self, const GPtrArray *diagnostics);
guint      strata_problems_get_n (StrataProblems *self);

G_END_DECLS
