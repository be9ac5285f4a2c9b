/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/move-axis.h"

#include "ops/shaping.h"

/**
 * strata_move_axis_last: (skip)
 * @axis: which dimension; may count from the end
 *
 * Returns: (transfer none): @x with that dimension last
 */
StrataValue *
strata_move_axis_last (StrataBuilder *b,
                       StrataValue   *x,
                       int            axis)
{
  int permutation[STRATA_MAX_RANK], n = 0, rank = x->shape.rank;

  axis = axis < 0 ? axis + rank : axis;
  if (axis < 0 || axis >= rank)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE,
                           "The axis %d is not one of the %d dimensions of the predictions", axis, rank);
      return strata_builder_nothing (b);
    }
  if (axis == rank - 1)
    return x;
  for (int i = 0; i < rank; i++)
    if (i != axis)
      permutation[n++] = i;
  permutation[n] = axis;
  return strata_transpose (b, x, permutation);
}
