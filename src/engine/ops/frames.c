/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/fourier.h"
#include "ops/indexing.h"
#include "ops/shaping.h"

#define LONGEST_WINDOW (1 << 24)

/* (..., n) as (n, rest), for ops that take rows. */
static StrataValue *
flatten_last_first (StrataBuilder *b,
                    StrataValue   *x)
{
  gint64 rest = strata_shape_get_span (&x->shape, 0, x->shape.rank - 1);

  x = strata_reshape (b, x, &STRATA_SHAPE (rest, x->shape.dims[x->shape.rank - 1]));
  return strata_transpose (b, x, (int[]){ 1, 0 });
}

/**
 * strata_take_last: (skip)
 * @places: (transfer full) (nullable): which along the last dimension, as int32; %NULL where the builder has failed
 *
 * Returns: (transfer none): (..., n): those
 */
StrataValue *
strata_take_last (StrataBuilder *b,
                  StrataValue   *x,
                  StrataTensor  *places)
{
  gint64 n = places != NULL ? strata_tensor_get_size (places) : 0;
  StrataShape shape = x->shape;
  StrataValue *y;

  if (strata_builder_has_failed (b))
    {
      g_clear_pointer (&places, strata_tensor_unref);
      return x;
    }
  shape.dims[shape.rank - 1] = n;
  if (x->shape.dims[x->shape.rank - 1] < 0)
    {
      strata_tensor_unref (places);
      return strata_reshape (b, x, &shape);
    }
  y = strata_gather (b, flatten_last_first (b, x), strata_builder_constant (b, places));
  return strata_reshape (b, strata_transpose (b, y, (int[]){ 1, 0 }), &shape);
}

/* (n * length): where each number of @n parts comes from. */
static StrataTensor *
new_places (StrataBuilder *b,
            gint64         n,
            gint64         length,
            gint64         step)
{
  StrataTensor *places = strata_constant_new (b, STRATA_INT32, &STRATA_SHAPE (n * length));

  for (gint64 i = 0; places != NULL && i < n * length; i++)
    ((gint32 *) strata_tensor_get_data (places))[i] = i / length * step + i % length;
  return places;
}

/**
 * strata_frames: (skip)
 * @x: of shape (..., time), whose time is known
 *
 * Returns: (transfer none): (..., frames, length): parts of it, which may overlap
 */
StrataValue *
strata_frames (StrataBuilder *b,
               StrataValue   *x,
               gint64         length,
               gint64         step)
{
  gint64 time = x->shape.dims[x->shape.rank - 1], n = time >= length ? 1 + (time - length) / step : 0;
  StrataShape shape = x->shape;
  StrataValue *y;

  if (shape.rank == STRATA_MAX_RANK)
    strata_builder_fail (b, STRATA_ERROR_SHAPE, "at most %d dimensions can be cut into parts", STRATA_MAX_RANK - 1);
  y = strata_take_last (b, x, new_places (b, n, length, step));
  if (strata_builder_has_failed (b))
    return x;
  shape.dims[shape.rank - 1] = n;
  strata_shape_append (&shape, length);
  return strata_reshape (b, y, &shape);
}

/**
 * strata_overlap_add: (skip)
 * @frames: of shape (..., frames, length)
 *
 * Returns: (transfer none): (..., time): the sum of all, each @step behind the one before
 */
StrataValue *
strata_overlap_add (StrataBuilder *b,
                    StrataValue   *frames,
                    gint64         step)
{
  int rank = frames->shape.rank;
  gint64 n = frames->shape.dims[rank - 2], length = frames->shape.dims[rank - 1];
  gint64 time = n > 0 ? (n - 1) * step + length : 0;
  StrataTensor *places = new_places (b, n, length, step);
  StrataShape shape = frames->shape;
  StrataValue *rows;

  if (places == NULL)
    return frames;
  shape.rank--;
  shape.dims[rank - 2] = n * length;
  rows = flatten_last_first (b, strata_reshape (b, frames, &shape));
  rows = strata_scatter_add (b, strata_builder_constant (b, places), rows, time);
  shape.dims[rank - 2] = time;
  return strata_reshape (b, strata_transpose (b, rows, (int[]){ 1, 0 }), &shape);
}

/**
 * strata_window_new: (skip)
 * @name: "hann" or "hamming"
 *
 * Returns: (transfer full) (nullable): how much each of @n samples counts: one period of a wave, which
 *   TensorFlow makes one sample shorter where there is an odd number of them
 */
StrataTensor *
strata_window_new (const char *name,
                   gint64      n)
{
  double middle = g_str_equal (name, "hann") ? 0.5 : 0.54;
  StrataTensor *window;

  if ((!g_str_equal (name, "hann") && !g_str_equal (name, "hamming")) || n < 1 || n > LONGEST_WINDOW)
    return NULL;
  window = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n));
  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (window)[i] = n == 1 ? 1 : middle - (1 - middle) * cos (2 * G_PI * i / (n - n % 2));
  return window;
}
