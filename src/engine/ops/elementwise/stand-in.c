/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* The second input is another way to compute the first, which alone has the gradient. */
STRATA_BLOCK (stand_in, 2, y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (stand_in)
{
  input_grads[0] = grads[0];
}

STRATA_ELEMENTWISE (stand_in, 2, stand_in_gradient)
#endif
