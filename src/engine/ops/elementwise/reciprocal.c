/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (reciprocal, 1, 1.0f / x)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (reciprocal)
{
  StrataValue *grad = strata_negative (b, strata_multiply (b, grads[0], strata_square (b, STRATA_RESULT (node))));

  input_grads[0] = strata_guard (b, grads[0], grad);
}

STRATA_ELEMENTWISE (reciprocal, 1, reciprocal_gradient)
#endif
