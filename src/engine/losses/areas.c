/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/areas.h"

#include "ops/reduce.h"

StrataValue *
strata_loss_sum_area (StrataBuilder    *b,
                      StrataValue      *x,
                      const StrataInts *axes)
{
  guint bits = 0;

  if (axes->n < 0)
    return strata_reduce_sum (b, x, STRATA_ALL_AXES, FALSE);
  for (int i = 0; i < axes->n; i++)
    {
      int axis = axes->v[i] < 0 ? axes->v[i] + x->shape.rank : axes->v[i];

      if (axis < 0 || axis >= x->shape.rank)
        {
          strata_builder_fail (b, STRATA_ERROR_SHAPE, "The axis %d is not one of the %d dimensions of the predictions",
                               (int) axes->v[i], x->shape.rank);
          return strata_builder_nothing (b);
        }
      bits |= STRATA_AXIS (axis);
    }
  return strata_reduce_sum (b, x, bits, FALSE);
}
