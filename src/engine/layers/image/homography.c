/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/homography.h"

#include "ops/elementwise.h"
#include "ops/matrices.h"
#include "ops/shaping.h"

/* Coordinate @axis of the points, as a column: (batch, 4, 1). */
static StrataValue *
get_column (StrataBuilder *b,
            StrataValue   *points,
            int            axis)
{
  return strata_slice (b, points, 2, axis, 1);
}

/**
 * strata_homography: (skip)
 * @start: of shape (batch, 4, 2): points of an image, column and row
 * @end: where they come to be
 *
 * Returns: (transfer none): (batch, 8): the map from the new image to the old, as strata_affine() takes it
 */
StrataValue *
strata_homography (StrataBuilder *b,
                   StrataValue   *start,
                   StrataValue   *end)
{
  StrataValue *x = get_column (b, end, 0), *y = get_column (b, end, 1), *zero = strata_scale (b, x, 0);
  StrataValue *one = strata_offset (b, zero, 1);
  StrataValue *sides[2], *halves[2];

  for (int i = 0; i < 2; i++)
    {
      StrataValue *to = get_column (b, start, i), *minus = strata_negative (b, to), *row[8];

      for (int k = 0; k < 6; k++)
        row[k] = k / 3 != i ? zero : k % 3 == 0 ? x : k % 3 == 1 ? y : one;
      row[6] = strata_multiply (b, minus, x);
      row[7] = strata_multiply (b, minus, y);
      halves[i] = strata_concatenate (b, row, 8, 2);
      sides[i] = to;
    }
  if (strata_builder_has_failed (b))
    return start;
  return strata_squeeze (b,
                         strata_matrix_solve_system (b, strata_concatenate (b, halves, 2, 1),
                                                     strata_concatenate (b, sides, 2, 1)), 2);
}
