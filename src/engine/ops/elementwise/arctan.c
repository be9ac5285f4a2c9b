/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (arctan, 1, atanf (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (arctan)
{
  input_grads[0] = strata_divide (b, grads[0], strata_offset (b, strata_square (b, node->inputs[0]), 1));
}

STRATA_ELEMENTWISE (arctan, 1, arctan_gradient)
#endif
