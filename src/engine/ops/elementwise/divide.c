/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (divide, 2, x / y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (divide)
{
  StrataValue *quotient = strata_divide (b, grads[0], node->inputs[1]);

  input_grads[0] = strata_unbroadcast (b, quotient, strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_negative (b, strata_multiply (b, quotient, STRATA_RESULT (node))),
                                       strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (divide, 2, divide_gradient)
#endif
