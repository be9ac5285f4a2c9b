/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize    strata_memory_get_available (void);
gboolean strata_memory_holds         (gsize bytes);

G_END_DECLS
