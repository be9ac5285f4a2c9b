/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define STRATA_TYPE_TROUBLE_BAR (strata_trouble_bar_get_type ())
G_DECLARE_FINAL_TYPE (StrataTroubleBar, strata_trouble_bar, STRATA, TROUBLE_BAR, GtkWidget)

GtkWidget *strata_trouble_bar_new   (GtkSourceView *source) G_GNUC_WARN_UNUSED_RESULT;
void       strata_trouble_bar_show  (StrataTroubleBar *self, guint line, const char *message);
void       strata_trouble_bar_clear (StrataTroubleBar *self);

G_END_DECLS
