/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize strata_pages_get_alignment (gsize bytes);
void  strata_pages_enlarge       (gpointer data, gsize bytes);

G_END_DECLS
