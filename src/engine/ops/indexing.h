/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* Ops whose numbers say where something is. */
StrataValue *strata_argmax      (StrataBuilder *b, StrataValue *x, int axis);
StrataValue *strata_one_hot     (StrataBuilder *b, StrataValue *indices, gint64 n);
StrataValue *strata_gather      (StrataBuilder *b, StrataValue *table, StrataValue *indices);
StrataValue *strata_scatter_add (StrataBuilder *b, StrataValue *indices, StrataValue *rows, gint64 n);

StrataValue *strata_gather_transposed   (StrataBuilder *b, StrataValue *x, const int *permutation);
void         strata_gather_forget_order (StrataNode *node);

G_END_DECLS
