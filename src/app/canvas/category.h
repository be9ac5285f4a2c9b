/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* How the categories of layers look; any other has the look of the last. */
void  strata_category_get_color     (const char *category, gboolean dark, GdkRGBA *color);
char *strata_category_dup_icon_name (const char *category) G_GNUC_WARN_UNUSED_RESULT;
int   strata_category_compare       (const char *a, const char *b);

G_END_DECLS
