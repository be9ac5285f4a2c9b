/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_PANES (strata_panes_get_type ())
G_DECLARE_FINAL_TYPE (StrataPanes, strata_panes, STRATA, PANES, GtkWidget)

/* Properties: start-seen, end-seen: whether a pane is there; setting one makes room for it. */
GtkWidget *strata_panes_new   (GtkWidget *start, GtkWidget *middle, GtkWidget *end);

G_END_DECLS
