/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (cos, 1, cosf (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (cos)
{
  input_grads[0] = strata_negative (b, strata_multiply (b, grads[0], strata_sin (b, node->inputs[0])));
}

STRATA_ELEMENTWISE (cos, 1, cos_gradient)
#endif
