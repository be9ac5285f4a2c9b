/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (exp, 1, vm_exp (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (exp)
{
  input_grads[0] = strata_multiply (b, grads[0], STRATA_RESULT (node));
}

STRATA_ELEMENTWISE (exp, 1, exp_gradient)
#endif
