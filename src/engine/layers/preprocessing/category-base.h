/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/layer.h"

G_BEGIN_DECLS

/* How layers write categories: as numbers, or as vectors of zeros and ones. */
StrataValue *strata_encode_categories (StrataBuilder *b, StrataValue *indices, gint64 n, const char *output_mode,
                                       StrataValue *weights);

G_END_DECLS
