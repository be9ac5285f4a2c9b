/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *strata_paragraph_append (GtkWidget *box, const char *text, const char *css_class, PangoWrapMode wrap_mode);

G_END_DECLS
