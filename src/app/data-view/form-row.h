/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *strata_form_row_new (const char *caption, GtkWidget *field, const char *label) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
