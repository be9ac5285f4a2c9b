/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "canvas/selection.h"

G_BEGIN_DECLS

#define STRATA_TYPE_INSPECTOR (strata_inspector_get_type ())
G_DECLARE_FINAL_TYPE (StrataInspector, strata_inspector, STRATA, INSPECTOR, GtkWidget)

/* Signals: jump (node), notice (text). */
GtkWidget *strata_inspector_new         (StrataDocument *document, StrataSelection *selection);
/* The row of a parameter of what is shown: a node's, or else of training. */
GtkWidget *strata_inspector_get_row     (StrataInspector *self, const char *param);
const char *strata_inspector_get_help   (StrataInspector *self);

G_END_DECLS
