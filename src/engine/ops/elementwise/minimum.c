/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* Where both are equal the gradient goes to the first, as in TensorFlow. */
STRATA_BLOCK (minimum, 2, x != x || x <= y ? x : y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (minimum)
{
  StrataValue *first = strata_greater_equal (b, node->inputs[1], node->inputs[0]);
  StrataValue *zero = strata_builder_scalar (b, 0);

  input_grads[0] = strata_unbroadcast (b, strata_where (b, first, grads[0], zero), strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_where (b, first, zero, grads[0]), strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (minimum, 2, minimum_gradient)
#endif
