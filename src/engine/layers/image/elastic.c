/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/elastic.h"

#include "layers/image/augment.h"
#include "ops/constants.h"
#include "ops/drawing.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* A bell of @n numbers that sum to one, as wide as @sigma says and no wider than its odd size, 6 int (sigma) + 1. */
static StrataValue *
make_bell (StrataBuilder *b,
           StrataValue   *sigma,
           gint64         n)
{
  StrataValue *at = strata_offset (b, strata_count_up (b, &STRATA_SHAPE (n)), -((n - 1) / 2)), *reach, *bell;

  reach = strata_scale (b, strata_floor (b, sigma), 3);
  bell = strata_exp (b, strata_scale (b, strata_square (b, strata_divide (b, at, sigma)), -0.5));
  bell = strata_where (b, strata_less_equal (b, strata_absolute (b, at), reach), bell, strata_builder_scalar (b, 0));
  return strata_divide (b, bell, strata_reduce_sum (b, bell, STRATA_ALL_AXES, TRUE));
}

/* (batch, rows, columns, 1): how far each pixel moves. */
static StrataValue *
draw_shifts (StrataBuilder *b,
             StrataValue   *x,
             StrataValue   *alpha,
             StrataValue   *sigma,
             StrataValue   *bell,
             gint64         n,
             gint64         seed)
{
  StrataValue *drawn = strata_draw_normal (b, &STRATA_SHAPE (x->shape.dims[0], x->shape.dims[1], x->shape.dims[2], 1),
                                           seed), *kernel;

  kernel = strata_multiply (b, strata_reshape (b, bell, &STRATA_SHAPE (n, 1, 1, 1)),
                            strata_reshape (b, bell, &STRATA_SHAPE (1, n, 1, 1)));
  return strata_multiply (b, strata_augment_filter (b, strata_multiply (b, drawn, sigma), kernel), alpha);
}

/* Numbers that count along one dimension of images. */
static StrataValue *
count_along (StrataBuilder     *b,
             const StrataShape *shape,
             int                axis)
{
  StrataShape row = STRATA_SHAPE (1, 1, 1, 1);

  row.dims[axis] = shape->dims[axis];
  return strata_count_up (b, &row);
}

/**
 * strata_elastic: (skip)
 * @x: of shape (batch, rows, columns, channels), all known
 * @alpha: how far pixels move, a number
 * @sigma: how smoothly, a number
 * @kernel_size: odd, the most that the smoothing may need
 *
 * Returns: (transfer none): images bent at random (Simard and others, 2003)
 */
StrataValue *
strata_elastic (StrataBuilder          *b,
                StrataValue            *x,
                StrataValue            *alpha,
                StrataValue            *sigma,
                gint64                  kernel_size,
                const StrataMapOptions *options,
                const gint64            seeds[2])
{
  StrataShape shape = x->shape;
  StrataValue *bell = make_bell (b, sigma, kernel_size), *places[4];

  for (int d = 0; d < 4; d++)
    {
      places[d] = count_along (b, &shape, d);
      if (d == 1 || d == 2)
        places[d] = strata_add (b, places[d], draw_shifts (b, x, alpha, sigma, bell, kernel_size, seeds[d - 1]));
      places[d] = strata_expand_dims (b, strata_broadcast_to (b, places[d], &shape), 0);
    }
  return strata_map_coordinates (b, x, strata_concatenate (b, places, 4, 0), options);
}
