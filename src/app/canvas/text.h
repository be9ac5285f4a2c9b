/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Text of a size of its own, in pixels; figures are all as wide. */
PangoLayout *strata_text_layout_new     (GtkWidget *widget, const char *text, double size,
                                         PangoWeight weight) G_GNUC_WARN_UNUSED_RESULT;
PangoLayout *strata_text_layout_new_for (PangoContext *context, const char *text, double size,
                                         PangoWeight weight) G_GNUC_WARN_UNUSED_RESULT;
double       strata_text_get_scale      (GtkWidget *widget);

G_END_DECLS
