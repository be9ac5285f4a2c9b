/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* A cast of numbers of low precision to float32: what comes back to it is added up before it is rounded. */
STRATA_BLOCK (widen, 1, x)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (widen)
{
  input_grads[0] = grads[0];
}

STRATA_ELEMENTWISE (widen, 1, widen_gradient)
#endif
