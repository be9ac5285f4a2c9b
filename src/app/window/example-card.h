/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

#include "io/example.h"

G_BEGIN_DECLS

GtkWidget *strata_example_card_new (StrataExample *example) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
