/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *strata_own_folder_guess_kind (const char *path);

G_END_DECLS
