/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_DRAW_PAD (strata_draw_pad_get_type ())
G_DECLARE_FINAL_TYPE (StrataDrawPad, strata_draw_pad, STRATA, DRAW_PAD, GtkWidget)

/* Signals: changed (). Actions: pad.clear. */
GtkWidget *strata_draw_pad_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void       strata_draw_pad_clear (StrataDrawPad *self);
float     *strata_draw_pad_read  (StrataDrawPad *self, int *width, int *height) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
