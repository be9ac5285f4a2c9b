/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (log1p, 1, vm_log1p (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (log1p)
{
  input_grads[0] = strata_divide (b, grads[0], strata_offset (b, node->inputs[0], 1));
}

STRATA_ELEMENTWISE (log1p, 1, log1p_gradient)
#endif
