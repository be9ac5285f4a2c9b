/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (where, 3, x != 0.0f ? y : z)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (where)
{
  StrataValue *zero = strata_builder_scalar (b, 0);

  input_grads[1] = strata_unbroadcast (b, strata_where (b, node->inputs[0], grads[0], zero),
                                       strata_node_shape (node, 1));
  input_grads[2] = strata_unbroadcast (b, strata_where (b, node->inputs[0], zero, grads[0]),
                                       strata_node_shape (node, 2));
}

STRATA_ELEMENTWISE (where, 3, where_gradient)
#endif
