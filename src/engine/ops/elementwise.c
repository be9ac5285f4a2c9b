/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"

#include "ops/shaping.h"

/**
 * strata_scale:
 *
 * Returns: (transfer none): @x times @factor
 */
StrataValue *
strata_scale (StrataBuilder *b,
              StrataValue   *x,
              double         factor)
{
  return strata_multiply (b, x, strata_builder_scalar (b, factor));
}

/**
 * strata_offset:
 *
 * Returns: (transfer none): @x plus @summand
 */
StrataValue *
strata_offset (StrataBuilder *b,
               StrataValue   *x,
               double         summand)
{
  return strata_add (b, x, strata_builder_scalar (b, summand));
}

/**
 * strata_clip:
 *
 * Keeps each number from @minimum to @maximum; no gradient flows where it was outside.
 * Returns: (transfer none): the numbers within bounds
 */
StrataValue *
strata_clip (StrataBuilder *b,
             StrataValue   *x,
             double         minimum,
             double         maximum)
{
  return strata_minimum (b, strata_maximum (b, x, strata_builder_scalar (b, minimum)),
                         strata_builder_scalar (b, maximum));
}

/**
 * strata_guard: (skip)
 * @grad: the gradient of a result
 * @input_grad: that of an input, of the same shape
 *
 * Lets nothing flow where no gradient comes, though the function may have none there: TensorFlow does so with roots and
 * reciprocals, of vectors of zeros that are normalized for one.
 * Returns: (transfer none): @input_grad, or zero where @grad is
 */
StrataValue *
strata_guard (StrataBuilder *b,
              StrataValue   *grad,
              StrataValue   *input_grad)
{
  return strata_where (b, grad, input_grad, strata_builder_scalar (b, 0));
}

/**
 * strata_add_bias: (skip)
 * @bias: numbers that are known beforehand
 *
 * Adds as Keras does on TensorFlow, which takes what is long in one dimension for a bias, however it lies: of the
 * last dimension of @x where that is as long, else of the one behind the batch.
 */
StrataValue *
strata_add_bias (StrataBuilder *b,
                 StrataValue   *x,
                 StrataValue   *bias)
{
  StrataShape along = { .rank = x->shape.rank };
  gint64 length = 1;
  int axis = -1, last = x->shape.rank - 1, place = 0;

  for (int i = 0; i < bias->shape.rank; i++)
    if (bias->shape.dims[i] != 1)
      {
        /* A second long dimension makes it none. */
        if (length != 1)
          return strata_add (b, x, bias);
        length = bias->shape.dims[i];
        place = i + x->shape.rank - bias->shape.rank;
      }
  if (length > 1 && last > 0)
    axis = x->shape.dims[last] == length ? last : x->shape.dims[1] == length ? 1 : -1;
  if (axis < 0 || axis == place)
    return strata_add (b, x, bias);
  for (int i = 0; i <= last; i++)
    along.dims[i] = i == axis ? length : 1;
  return strata_add (b, x, strata_reshape (b, bias, &along));
}
