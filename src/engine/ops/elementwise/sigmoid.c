/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (sigmoid, 1, vm_sigmoid (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (sigmoid)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_multiply (b, STRATA_RESULT (node),
                                                                  strata_subtract (b, strata_builder_scalar (b, 1),
                                                                                   STRATA_RESULT (node))));
}

static StrataValue *
sigmoid_steps (StrataBuilder    *b,
               const StrataNode *node)
{
  return strata_reciprocal (b, strata_offset (b, strata_exp (b, strata_negative (b, node->inputs[0])), 1));
}

STRATA_ELEMENTWISE (sigmoid, 1, sigmoid_gradient, .flags = STRATA_OP_LOGITS, .steps = sigmoid_steps)
#endif
