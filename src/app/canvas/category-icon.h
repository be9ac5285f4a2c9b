/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_CATEGORY_ICON (strata_category_icon_get_type ())
G_DECLARE_FINAL_TYPE (StrataCategoryIcon, strata_category_icon, STRATA, CATEGORY_ICON, GtkWidget)

GtkWidget *strata_category_icon_new          (const char *category);
void       strata_category_icon_set_category (StrataCategoryIcon *self, const char *category);

G_END_DECLS
