/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (subtract, 2, x - y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (subtract)
{
  input_grads[0] = strata_unbroadcast (b, grads[0], strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_negative (b, grads[0]), strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (subtract, 2, subtract_gradient)
#endif
