/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (add, 2, x + y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (add)
{
  input_grads[0] = strata_unbroadcast (b, grads[0], strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, grads[0], strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (add, 2, add_gradient)
#endif
