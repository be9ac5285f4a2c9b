/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (relu, 1, x > 0.0f || x != x ? x : 0.0f)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (relu)
{
  input_grads[0] = strata_where (b, strata_greater (b, STRATA_RESULT (node), strata_builder_scalar (b, 0)), grads[0],
                                 strata_builder_scalar (b, 0));
}

STRATA_ELEMENTWISE (relu, 1, relu_gradient)
#endif
