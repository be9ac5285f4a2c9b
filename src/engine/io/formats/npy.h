/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "tensor/tensor.h"

G_BEGIN_DECLS

StrataTensor *strata_npy_read     (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      strata_npy_write    (const char *path, StrataTensor *tensor, GError **error);
StrataTensor *strata_npy_parse    (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes       *strata_npy_to_bytes (StrataTensor *tensor) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
