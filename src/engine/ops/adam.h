/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataAdamRates:
 * @m: share of the way that the average of gradients goes to the new one: 1 - β₁
 * @v: the same for the average of squares: 1 - β₂
 * @epsilon: what keeps the divisor from being zero
 */
typedef struct
{
  float m, v, epsilon;
} StrataAdamRates;

StrataValue *strata_adam_emit (StrataBuilder *b, const StrataOp *op, const StrataAdamRates *rates,
                               StrataValue *const *inputs, guint n_inputs, StrataValue **m, StrataValue **v);
StrataValue *strata_adam (StrataBuilder *b, const StrataAdamRates *rates, StrataValue *weight, StrataValue *grad,
                          StrataValue *alpha, StrataValue **m, StrataValue **v);
StrataValue *strata_adam_apart (StrataBuilder *b, const StrataAdamRates *rates, StrataValue *weight, StrataValue *grad,
                                StrataValue *square, StrataValue *alpha, StrataValue **m, StrataValue **v);
StrataValue *strata_adam_slices (StrataBuilder *b, const StrataAdamRates *rates, StrataValue *weight,
                                 StrataValue *indices, StrataValue *rows, StrataValue *alpha, StrataValue **m,
                                 StrataValue **v);

G_END_DECLS
