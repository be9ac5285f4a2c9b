/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_WRAP_LAYOUT (strata_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (StrataWrapLayout, strata_wrap_layout, STRATA, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *strata_wrap_layout_new (int column_spacing, int row_spacing) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
