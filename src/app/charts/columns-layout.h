/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_COLUMNS_LAYOUT (strata_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (StrataColumnsLayout, strata_columns_layout, STRATA, COLUMNS_LAYOUT, GtkLayoutManager)

GtkLayoutManager *strata_columns_layout_new (int column_width, int spacing) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
