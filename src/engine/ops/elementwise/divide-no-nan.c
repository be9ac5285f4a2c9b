/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* x / y, and 0 where y is 0. */
STRATA_BLOCK (divide_no_nan, 2, y == 0.0f ? 0.0f : x / y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (divide_no_nan)
{
  StrataValue *quotient = strata_divide_no_nan (b, grads[0], node->inputs[1]);

  input_grads[0] = strata_unbroadcast (b, quotient, strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_negative (b, strata_multiply (b, quotient, STRATA_RESULT (node))),
                                       strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (divide_no_nan, 2, divide_no_nan_gradient)
#endif
