/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (softplus, 1, vm_softplus (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (softplus)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_sigmoid (b, node->inputs[0]));
}

static StrataValue *
softplus_steps (StrataBuilder    *b,
                const StrataNode *node)
{
  StrataValue *x = node->inputs[0];

  /* Where exp(x) would be infinite, nothing is left to add. */
  return strata_where (b, strata_greater (b, x, strata_builder_scalar (b, 10)), x,
                       strata_log1p (b, strata_exp (b, x)));
}

STRATA_ELEMENTWISE (softplus, 1, softplus_gradient, .steps = softplus_steps)
#endif
