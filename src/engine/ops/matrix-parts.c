/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/matrices.h"
#include "ops/shaping.h"

/**
 * strata_matrix_transposed: (skip)
 *
 * Returns: (transfer none): the matrices with rows for columns
 */
StrataValue *
strata_matrix_transposed (StrataBuilder *b,
                          StrataValue   *a)
{
  return strata_swap_axes (b, a, -2, -1);
}

/**
 * strata_matrix_mask: (skip)
 * @a: matrices of a size that is known
 *
 * Returns: (transfer none): its numbers below the diagonal, on it and above it multiplied by a factor each
 */
StrataValue *
strata_matrix_mask (StrataBuilder *b,
                    StrataValue   *a,
                    double         below,
                    double         diagonal,
                    double         above)
{
  StrataTensor *factors;
  gint64 rows, columns;

  if (strata_builder_has_failed (b))
    return a;
  rows = a->shape.dims[a->shape.rank - 2];
  columns = a->shape.dims[a->shape.rank - 1];
  factors = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (rows, columns));
  if (factors == NULL)
    return a;
  for (gint64 i = 0; i < rows * columns; i++)
    {
      gint64 ahead = i % columns - i / columns;

      strata_tensor_get_floats (factors)[i] = ahead < 0 ? below : ahead > 0 ? above : diagonal;
    }
  return strata_multiply (b, a, strata_builder_constant (b, factors));
}

/**
 * strata_matrix_from_diagonal: (skip)
 * @x: of shape (..., n)
 *
 * Returns: (transfer none): (..., n, n): matrices that are zero but on their diagonals
 */
StrataValue *
strata_matrix_from_diagonal (StrataBuilder *b,
                             StrataValue   *x)
{
  gint64 n = x->shape.dims[x->shape.rank - 1];
  StrataShape shape = x->shape;

  if (strata_builder_has_failed (b))
    return x;
  strata_shape_append (&shape, n);
  return strata_matrix_mask (b, strata_broadcast_to (b, strata_expand_dims (b, x, -1), &shape), 0, 1, 0);
}
