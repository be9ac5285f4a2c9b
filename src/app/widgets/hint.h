/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_HINT (strata_hint_get_type ())
G_DECLARE_FINAL_TYPE (StrataHint, strata_hint, STRATA, HINT, GObject)

/**
 * StrataHintFunc:
 * @target: what the pointer rests on
 * @area: (out): where it is in the widget
 * @title: (out) (nullable): what it is called
 * @formula: (out) (nullable): what it computes
 *
 * Returns: (transfer full) (nullable): what there is to say about it, or %NULL for nothing
 */
typedef char *(*StrataHintFunc) (GtkWidget *widget, gpointer target, GdkRectangle *area, const char **title,
                                 const char **formula);

StrataHint *strata_hint_new      (GtkWidget *widget, StrataHintFunc func);
void        strata_hint_aim      (StrataHint *self, gpointer target);
void        strata_hint_hide     (StrataHint *self);
gboolean    strata_hint_is_shown (StrataHint *self);

G_END_DECLS
