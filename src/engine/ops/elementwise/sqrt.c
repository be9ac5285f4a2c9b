/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (sqrt, 1, sqrtf (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (sqrt)
{
  StrataValue *grad = strata_divide (b, strata_scale (b, grads[0], 0.5), STRATA_RESULT (node));

  input_grads[0] = strata_guard (b, grads[0], grad);
}

STRATA_ELEMENTWISE (sqrt, 1, sqrt_gradient)
#endif
