/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_about_present (GtkWindow *parent);

G_END_DECLS
