/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a view has that is read from top to bottom, what it shows while it works, and what where it cannot */
GtkWidget *strata_page_new      (GtkWidget *box) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *strata_page_new_busy (const char *label, const char *why) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *strata_page_new_problem (const char *title, const char *action) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
