/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (square, 1, x * x)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (square)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_scale (b, node->inputs[0], 2));
}

STRATA_ELEMENTWISE (square, 1, square_gradient)
#endif
