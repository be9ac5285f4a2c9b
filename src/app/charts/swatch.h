/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *strata_swatch_new (guint color) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
