/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (erf, 1, vm_erf (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (erf)
{
  input_grads[0] =
    strata_multiply (b, grads[0],
                     strata_scale (b, strata_exp (b, strata_negative (b, strata_square (b, node->inputs[0]))),
                                   1.1283791670955126));
}

STRATA_ELEMENTWISE (erf, 1, erf_gradient)
#endif
