/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* Python's remainder: it has the divisor's sign. */
STRATA_BLOCK (modulo, 2, x - floorf (x / y) * y)

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (modulo)
{
  StrataValue *whole = strata_floor_divide (b, node->inputs[0], node->inputs[1]);

  input_grads[0] = strata_unbroadcast (b, grads[0], strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_negative (b, strata_multiply (b, grads[0], whole)),
                                       strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (modulo, 2, modulo_gradient)
#endif
