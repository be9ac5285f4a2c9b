/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void    strata_seed_set  (guint64 seed);
guint64 strata_seed_next (void);

G_END_DECLS
