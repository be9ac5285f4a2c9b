/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tensor/tensor.h"

G_BEGIN_DECLS

/* Arrays that Python pickled. Nothing in the file is run: what it would call is only looked at. */
GHashTable *strata_pickle_read_arrays (const guint8 *data, gsize n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
