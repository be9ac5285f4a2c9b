/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (log, 1, vm_log (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (log)
{
  input_grads[0] = strata_divide (b, grads[0], node->inputs[0]);
}

STRATA_ELEMENTWISE (log, 1, log_gradient)
#endif
