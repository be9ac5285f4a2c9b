/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean    strata_own_data_is         (GFile *file);
const char *strata_own_data_guess_kind (const char *path);
gboolean    strata_own_data_are_gray   (const char *path);

G_END_DECLS
