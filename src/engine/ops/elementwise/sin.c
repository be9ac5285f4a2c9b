/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (sin, 1, sinf (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (sin)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_cos (b, node->inputs[0]));
}

STRATA_ELEMENTWISE (sin, 1, sin_gradient)
#endif
