/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (multiply, 2, x * y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (multiply)
{
  input_grads[0] = strata_unbroadcast (b, strata_multiply (b, grads[0], node->inputs[1]), strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_multiply (b, grads[0], node->inputs[0]), strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (multiply, 2, multiply_gradient)
#endif
