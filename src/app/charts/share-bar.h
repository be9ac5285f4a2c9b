/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_SHARE_BAR (strata_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (StrataShareBar, strata_share_bar, STRATA, SHARE_BAR, GtkWidget)

GtkWidget *strata_share_bar_new (double thickness) G_GNUC_WARN_UNUSED_RESULT;
void       strata_share_bar_set (StrataShareBar *self, const double *shares, const guint *colors, guint n);

G_END_DECLS
