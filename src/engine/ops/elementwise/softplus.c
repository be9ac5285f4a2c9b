/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (softplus, 1, vm_softplus (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (softplus)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_sigmoid (b, node->inputs[0]));
}

STRATA_ELEMENTWISE (softplus, 1, softplus_gradient)
#endif
