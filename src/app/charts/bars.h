/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_BARS (strata_bars_get_type ())
G_DECLARE_FINAL_TYPE (StrataBars, strata_bars, STRATA, BARS, GtkWidget)

GtkWidget  *strata_bars_new             (const char *title) G_GNUC_WARN_UNUSED_RESULT;
void        strata_bars_clear           (StrataBars *self);
void        strata_bars_set_whole       (StrataBars *self, double whole);
void        strata_bars_add             (StrataBars *self, const char *name, double value,
                                         const char *text, guint color);
guint       strata_bars_get_n           (StrataBars *self);
const char *strata_bars_get_description (StrataBars *self);

G_END_DECLS
