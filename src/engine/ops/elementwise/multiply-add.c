/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise-op.h"
#include "ops/moments.h"

STRATA_BLOCK (multiply_add, 3, x * y + z)

#if STRATA_ISA_IS_BASE
static gboolean
is_channels (const StrataShape *shape,
             const StrataShape *whole)
{
  return shape->rank == 1 && whole->rank > 1 && shape->dims[0] == whole->dims[whole->rank - 1];
}

/* Where scale and shift are one number a channel, as in normalization, both gradients are had in one pass. */
STRATA_GRADIENT (multiply_add)
{
  StrataValue *x = node->inputs[0], *scale = node->inputs[1], *shift = node->inputs[2], *grad = grads[0];

  input_grads[0] = strata_unbroadcast (b, strata_multiply (b, grad, scale), &x->shape);
  if (strata_shape_equal (&x->shape, &grad->shape) && is_channels (&scale->shape, &x->shape) &&
      is_channels (&shift->shape, &x->shape))
    {
      input_grads[1] = strata_channel_sums (b, x, grad, &input_grads[2]);
      return;
    }
  input_grads[1] = strata_unbroadcast (b, strata_multiply (b, grad, x), &scale->shape);
  input_grads[2] = strata_unbroadcast (b, grad, &shift->shape);
}

STRATA_ELEMENTWISE (multiply_add, 3, multiply_add_gradient)
#endif
