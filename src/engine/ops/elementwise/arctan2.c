/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

/* The angle of a point: its second coordinate comes first. */
STRATA_BLOCK (arctan2, 2, atan2f (x, y))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (arctan2)
{
  StrataValue *y = node->inputs[0], *x = node->inputs[1];
  StrataValue *share = strata_divide (b, grads[0], strata_add (b, strata_square (b, x), strata_square (b, y)));

  input_grads[0] = strata_unbroadcast (b, strata_multiply (b, share, x), strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_negative (b, strata_multiply (b, share, y)),
                                       strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (arctan2, 2, arctan2_gradient)
#endif
