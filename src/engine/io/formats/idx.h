/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "tensor/tensor.h"

G_BEGIN_DECLS

StrataTensor *strata_idx_read  (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor *strata_idx_parse (GBytes *bytes, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
