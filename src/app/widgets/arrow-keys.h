/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_arrow_keys_bind (GtkWidgetClass *widget_class, GtkShortcutFunc moved);

G_END_DECLS
