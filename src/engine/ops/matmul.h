/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataValue *strata_matmul (StrataBuilder *b, StrataValue *x, StrataValue *y, gboolean transpose_x,
                            gboolean transpose_y);

G_END_DECLS
