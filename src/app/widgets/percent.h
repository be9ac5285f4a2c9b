/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void strata_percent_show (GtkSpinButton *spin);

G_END_DECLS
