/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_BANNER (strata_banner_get_type ())
G_DECLARE_FINAL_TYPE (StrataBanner, strata_banner, STRATA, BANNER, GtkWidget)

/* Signals: activated (), when its button is clicked. */
void strata_banner_show (StrataBanner *self, const char *message, const char *button_label);
void strata_banner_hide (StrataBanner *self);

G_END_DECLS
