/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (negative, 1, -x)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (negative)
{
  input_grads[0] = strata_negative (b, grads[0]);
}

STRATA_ELEMENTWISE (negative, 1, negative_gradient)
#endif
