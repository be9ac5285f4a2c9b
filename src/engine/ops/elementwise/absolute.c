/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (absolute, 1, x < 0.0f ? -x : x)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (absolute)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_sign (b, node->inputs[0]));
}

STRATA_ELEMENTWISE (absolute, 1, absolute_gradient)
#endif
