/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "constraints/norms.h"

#include "ops/elementwise.h"
#include "ops/reduce.h"

StrataValue *
strata_constraint_norms (StrataBuilder    *b,
                         StrataValue      *weight,
                         const StrataInts *axes)
{
  guint bits = 0;

  for (int i = 0; i < axes->n; i++)
    {
      int axis = axes->v[i] < 0 ? axes->v[i] + weight->shape.rank : axes->v[i];

      if (axis < 0 || axis >= weight->shape.rank)
        {
          strata_builder_fail (b, STRATA_ERROR_SHAPE,
                               "A constraint measures along the axis %d of a weight of %d dimensions",
                               (int) axes->v[i], weight->shape.rank);
          return strata_builder_nothing (b);
        }
      bits |= STRATA_AXIS (axis);
    }
  return strata_sqrt (b, strata_reduce_sum (b, strata_square (b, weight), bits, TRUE));
}

StrataValue *
strata_constraint_rescale (StrataBuilder *b,
                           StrataValue   *weight,
                           StrataValue   *norms,
                           StrataValue   *desired)
{
  return strata_multiply (b, weight, strata_divide (b, desired, strata_offset (b, norms, STRATA_NORM_EPSILON)));
}
