/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_WELCOME (strata_welcome_get_type ())
G_DECLARE_FINAL_TYPE (StrataWelcome, strata_welcome, STRATA, WELCOME, GtkWidget)

G_END_DECLS
