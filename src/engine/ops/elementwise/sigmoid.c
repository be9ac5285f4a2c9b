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

STRATA_ELEMENTWISE (sigmoid, 1, sigmoid_gradient, .flags = STRATA_OP_LOGITS)
#endif
