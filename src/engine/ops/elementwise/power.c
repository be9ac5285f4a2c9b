/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (power, 2, powf (x, y))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (power)
{
  StrataValue *one = strata_builder_scalar (b, 1), *zero = strata_builder_scalar (b, 0);
  StrataValue *slope = strata_multiply (b, node->inputs[1],
                                        strata_power (b, node->inputs[0], strata_subtract (b, node->inputs[1], one)));
  StrataValue *positive = strata_greater (b, node->inputs[0], zero);
  StrataValue *log = strata_where (b, positive, strata_log (b, strata_where (b, positive, node->inputs[0], one)), zero);

  input_grads[0] = strata_unbroadcast (b, strata_multiply (b, grads[0], slope), strata_node_shape (node, 0));
  input_grads[1] = strata_unbroadcast (b, strata_multiply (b, grads[0], strata_multiply (b, STRATA_RESULT (node), log)),
                                       strata_node_shape (node, 1));
}

STRATA_ELEMENTWISE (power, 2, power_gradient)
#endif
