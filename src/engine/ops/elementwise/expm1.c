/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (expm1, 1, vm_expm1 (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (expm1)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_offset (b, STRATA_RESULT (node), 1));
}

STRATA_ELEMENTWISE (expm1, 1, expm1_gradient)
#endif
