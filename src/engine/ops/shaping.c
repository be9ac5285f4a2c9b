/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include "ops/reduce.h"

/**
 * strata_expand_dims:
 * @axis: where the new dimension stands; -1 is last
 *
 * Returns: (transfer none): @x with one more dimension of size 1
 */
StrataValue *
strata_expand_dims (StrataBuilder *b,
                    StrataValue   *x,
                    int            axis)
{
  StrataShape shape = x->shape;

  if (shape.rank == STRATA_MAX_RANK)
    strata_builder_fail (b, STRATA_ERROR_SHAPE, "At most %d dimensions are possible", STRATA_MAX_RANK);
  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  strata_shape_insert (&shape, axis < 0 ? axis + shape.rank + 1 : axis, 1);
  return strata_reshape (b, x, &shape);
}

/**
 * strata_squeeze:
 * @axis: a dimension of size 1
 *
 * Returns: (transfer none): @x without that dimension
 */
StrataValue *
strata_squeeze (StrataBuilder *b,
                StrataValue   *x,
                int            axis)
{
  StrataShape shape = x->shape;

  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  strata_shape_remove (&shape, axis < 0 ? axis + shape.rank : axis);
  return strata_reshape (b, x, &shape);
}

/**
 * strata_unbroadcast:
 * @grad: a gradient
 * @shape: of an input that was broadcast to the shape of @grad
 *
 * Returns: (transfer none): @grad summed over the dimensions along which the input was broadcast
 */
StrataValue *
strata_unbroadcast (StrataBuilder     *b,
                    StrataValue       *grad,
                    const StrataShape *shape)
{
  int extra = grad->shape.rank - shape->rank;
  guint axes = 0;

  if (strata_builder_has_failed (b) || strata_shape_equal (&grad->shape, shape))
    return grad;
  for (int i = 0; i < grad->shape.rank; i++)
    if (i < extra || (shape->dims[i - extra] == 1 && grad->shape.dims[i] != 1))
      axes |= STRATA_AXIS (i);
  if (axes != 0)
    grad = strata_reduce_sum (b, grad, axes, TRUE);
  grad = strata_reshape (b, grad, shape);
  return strata_broadcast_to (b, grad, shape);
}

/**
 * strata_repeat_batch: (skip)
 * @batch: how many samples there are, perhaps unknown
 *
 * Returns: (transfer none): @x, repeated for each sample where it is for a single one
 */
StrataValue *
strata_repeat_batch (StrataBuilder *b,
                     StrataValue   *x,
                     gint64         batch)
{
  StrataShape shape = x->shape;

  if (strata_builder_has_failed (b) || shape.rank == 0 || shape.dims[0] != 1 || batch == 1)
    return x;
  shape.dims[0] = batch;
  return strata_broadcast_to (b, x, &shape);
}

/**
 * strata_swap_axes: (skip)
 * @first, @second: axes that trade places; negative ones count from the last
 */
StrataValue *
strata_swap_axes (StrataBuilder *b,
                  StrataValue   *x,
                  int            first,
                  int            second)
{
  int permutation[STRATA_MAX_RANK], rank = x->shape.rank;

  first = first < 0 ? first + rank : first;
  second = second < 0 ? second + rank : second;
  for (int i = 0; i < rank; i++)
    permutation[i] = i == first ? second : i == second ? first : i;
  return first == second ? x : strata_transpose (b, x, permutation);
}
