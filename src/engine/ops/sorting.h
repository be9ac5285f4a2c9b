/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Order, and places that differ from row to row: all along the last dimension. */
StrataValue *strata_sort       (StrataBuilder *b, StrataValue *x, gboolean descending, StrataValue **places);
StrataValue *strata_take_along (StrataBuilder *b, StrataValue *x, StrataValue *places);
StrataValue *strata_put_along  (StrataBuilder *b, StrataValue *places, StrataValue *values, gint64 n);

/* Different rows. */
void         strata_unique     (StrataBuilder *b, StrataValue *x, gint64 size, gboolean sorted, double filler,
                                StrataValue **results);

G_END_DECLS
