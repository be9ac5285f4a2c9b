/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     strata_presentation_toggle (GtkWindow *window);
gboolean strata_presentation_is_on  (GtkWindow *window);

G_END_DECLS
