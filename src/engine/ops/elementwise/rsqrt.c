/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (rsqrt, 1, 1.0f / sqrtf (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (rsqrt)
{
  StrataValue *slope = strata_divide (b, STRATA_RESULT (node), node->inputs[0]);

  input_grads[0] = strata_guard (b, grads[0], strata_multiply (b, strata_scale (b, grads[0], -0.5), slope));
}

STRATA_ELEMENTWISE (rsqrt, 1, rsqrt_gradient)
#endif
