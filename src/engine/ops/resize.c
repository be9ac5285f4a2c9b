/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/resize.h"

#include <math.h>
#include <string.h>

#include "ops/constants.h"
#include "ops/matmul.h"
#include "ops/shaping.h"

/* Steps in which TensorFlow's bicubic resizing looks its kernel up. */
#define CUBIC_STEPS 1024

/**
 * strata_resize_method_from_name: (skip)
 * @name: one of %STRATA_RESIZE_METHODS
 */
StrataResizeMethod
strata_resize_method_from_name (const char *name)
{
  static const char *const names[] = { STRATA_RESIZE_METHODS };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return i;
  return STRATA_RESIZE_BILINEAR;
}

/* Keys, "Cubic convolution interpolation for digital image processing", 1981, with a = -1/2. */
static double
cubic (double x)
{
  x = fabs (x);
  if (x < 1)
    return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

static double
lanczos (double x,
         double radius)
{
  x = fabs (x);
  if (x > radius)
    return 0;
  return x <= 1e-3 ? 1 : radius * sin (G_PI * x) * sin (G_PI * x / radius) / (G_PI * G_PI * x * x);
}

static double
kernel (StrataResizeMethod method,
        double             x)
{
  switch (method)
    {
    case STRATA_RESIZE_BICUBIC:
      return cubic (x);
    case STRATA_RESIZE_LANCZOS3:
      return lanczos (x, 3);
    case STRATA_RESIZE_LANCZOS5:
      return lanczos (x, 5);
    default:
      return MAX (0, 1 - fabs (x));
    }
}

/* Weights of a kernel around @center, whose cells have their middle at a half, scaled to sum to 1. */
static void
weigh_by_kernel (StrataResizeMethod  method,
                 double              center,
                 double              spread,
                 gint64              n,
                 double             *weights)
{
  double sum = 0;

  for (gint64 i = 0; i < n; i++)
    sum += weights[i] = kernel (method, (i + 0.5 - center) / spread);
  for (gint64 i = 0; i < n && fabs (sum) > 1e-12; i++)
    weights[i] /= sum;
}

/* How much each of the @n old numbers counts for new number @i. */
static void
weigh (StrataResizeMethod  method,
       gboolean            antialias,
       gint64              i,
       gint64              size,
       gint64              n,
       double             *weights)
{
  double scale = (double) n / size, center = (i + 0.5) * scale;

  memset (weights, 0, n * sizeof *weights);
  if (method == STRATA_RESIZE_NEAREST)
    weights[CLAMP ((gint64) floor (center), 0, n - 1)] = 1;
  else if (method == STRATA_RESIZE_AREA)
    for (gint64 j = floor (i * scale); j < n && j < (i + 1) * scale; j++)
      weights[j] = (MIN (j + 1, (i + 1) * scale) - MAX (j, i * scale)) / scale;
  else if (antialias || method >= STRATA_RESIZE_LANCZOS3)
    weigh_by_kernel (method, center, antialias ? MAX (scale, 1) : 1, n, weights);
  else if (method == STRATA_RESIZE_BICUBIC)
    {
      double at = center - 0.5, whole = floor (at);

      weigh_by_kernel (method, whole + rint ((at - whole) * CUBIC_STEPS) / CUBIC_STEPS + 0.5, 1, n, weights);
    }
  else
    {
      double at = center - 0.5, whole = floor (at);

      weights[CLAMP ((gint64) whole, 0, n - 1)] += 1 - (at - whole);
      weights[CLAMP ((gint64) ceil (at), 0, n - 1)] += at - whole;
    }
}

/* (n, size): multiplied from the right it resizes the last dimension. */
static StrataValue *
make_matrix (StrataBuilder      *b,
             StrataResizeMethod  method,
             gboolean            antialias,
             gint64              n,
             gint64              size)
{
  StrataTensor *matrix = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (n, size));
  g_autofree double *weights = NULL;

  if (matrix == NULL)
    return strata_builder_nothing (b);
  weights = g_new (double, n);
  for (gint64 i = 0; i < size; i++)
    {
      weigh (method, antialias, i, size, n, weights);
      for (gint64 j = 0; j < n; j++)
        strata_tensor_get_floats (matrix)[j * size + i] = weights[j];
    }
  return strata_builder_constant (b, matrix);
}

/**
 * strata_resize:
 * @axis: the dimension to resize
 * @size: its new size, or unknown
 * @antialias: whether what becomes smaller is smoothed first
 *
 * Resizes along one dimension as TensorFlow's image.resize() does: images are
 * resized along two, one after the other.
 * Returns: (transfer none): @x with @axis resized
 */
StrataValue *
strata_resize (StrataBuilder      *b,
               StrataValue        *x,
               int                 axis,
               gint64              size,
               StrataResizeMethod  method,
               gboolean            antialias)
{
  int permutation[STRATA_MAX_RANK], last = x->shape.rank - 1;
  gint64 n = x->shape.dims[axis];
  StrataShape shape = x->shape;

  if (n == STRATA_UNKNOWN || size == STRATA_UNKNOWN)
    {
      /* Only the shape is asked for: an open size goes with any number of numbers. */
      shape.dims[axis] = size;
      shape.dims[0] = STRATA_UNKNOWN;
      return strata_reshape (b, x, &shape);
    }
  if (n == size)
    return x;
  if (n < 1 || size < 1)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "nothing can be resized from or to a size of 0");
      return x;
    }
  for (int i = 0; i <= last; i++)
    permutation[i] = i;
  permutation[axis] = last;
  permutation[last] = axis;
  x = strata_transpose (b, x, permutation);
  x = strata_matmul (b, x, make_matrix (b, method, antialias, n, size), FALSE, FALSE);
  return strata_transpose (b, x, permutation);
}

/**
 * strata_repeat:
 * @axis: the dimension that grows
 * @times: how often each of its entries comes, one right after the other
 *
 * Returns: (transfer none): @x with @axis that many times as large
 */
StrataValue *
strata_repeat (StrataBuilder *b,
               StrataValue   *x,
               int            axis,
               gint64         times)
{
  gint64 outer = strata_shape_get_span (&x->shape, 0, axis + 1);
  gint64 inner = strata_shape_get_span (&x->shape, axis + 1, x->shape.rank);
  StrataShape shape = x->shape, apart = STRATA_SHAPE (outer, 1, inner), repeated = STRATA_SHAPE (outer, times, inner);

  if (times == 1)
    return x;
  if (shape.dims[axis] != STRATA_UNKNOWN)
    shape.dims[axis] *= times;
  return strata_reshape (b, strata_broadcast_to (b, strata_reshape (b, x, &apart), &repeated), &shape);
}
