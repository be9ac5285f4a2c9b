/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/hdf5-private.h"

G_BEGIN_DECLS

gboolean strata_hdf5_probe       (const char *name, const char *path, GError **error);
gboolean strata_hdf5_probe_bytes (const char *name, GBytes *bytes, GError **error);

G_END_DECLS
