/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_preferences_present (GtkWindow *parent, GSettings *settings);

G_END_DECLS
