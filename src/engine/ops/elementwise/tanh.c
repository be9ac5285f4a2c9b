/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"

STRATA_BLOCK (tanh, 1, vm_tanh (x))

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (tanh)
{
  input_grads[0] = strata_multiply (b, grads[0], strata_subtract (b, strata_builder_scalar (b, 1),
                                                                  strata_square (b, STRATA_RESULT (node))));
}

STRATA_ELEMENTWISE (tanh, 1, tanh_gradient)
#endif
