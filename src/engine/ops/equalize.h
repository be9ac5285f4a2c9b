/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

StrataValue *strata_equalize       (StrataBuilder *b, StrataValue *x, gint64 bins);
StrataValue *strata_equalize_tiles (StrataBuilder *b, StrataValue *x, gint64 rows, gint64 columns, double limit);

G_END_DECLS
