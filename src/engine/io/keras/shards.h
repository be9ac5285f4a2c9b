/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "io/formats/hdf5.h"

G_BEGIN_DECLS

#define STRATA_SHARD_BYTES (G_GINT64_CONSTANT (5) << 30)

/* Weights in several files, and `x.weights.json` that lists where they are */
StrataHdf5 *strata_shards_read  (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    strata_shards_write (StrataHdf5 *whole, const char *path, gint64 max_bytes, GError **error);

G_END_DECLS
