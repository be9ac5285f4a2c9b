/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include "kernels/expanded-conv.h"
#include "kernels/naive.h"
#include "kernels/pooled-conv.h"

#define N_RANDOM 60

typedef struct
{
  StrataConvShape shape;
  const float *x, *w, *dy, *prepared;
  StrataEpilogue epilogue;
  gboolean in_place; /* the epilogue adds what the result was */
} Conv;

static void
compute_forward (gconstpointer data,
                 float        *y)
{
  const Conv *conv = data;
  StrataEpilogue epilogue = conv->epilogue;

  if (conv->in_place)
    epilogue.addend = y;
  strata_conv_forward (&conv->shape, conv->x, conv->w, y, &epilogue);
}

static void
compute_prepared (gconstpointer data,
                  float        *y)
{
  const Conv *conv = data;
  StrataEpilogue epilogue = conv->epilogue;

  if (conv->in_place)
    epilogue.addend = y;
  strata_conv_forward_prepared (&conv->shape, conv->x, conv->prepared, y, &epilogue);
}

static void
compute_input (gconstpointer data,
               float        *dx)
{
  const Conv *conv = data;

  strata_conv_backward_input (&conv->shape, conv->dy, conv->w, dx);
}

static void
compute_kernel (gconstpointer data,
                float        *dw)
{
  const Conv *conv = data;

  strata_conv_backward_kernel (&conv->shape, conv->x, conv->dy, dw);
}

/* Winograd's transform rounds by the size of the sums, however small what is left of them. */
static float
get_scale (const StrataConvShape *shape,
           const float           *expected,
           gint64                 n)
{
  double sum = 0;

  if (MIN (shape->in_channels, shape->out_channels) < 32 || shape->kernel[0] != 3 || shape->kernel[1] != 3)
    return 1;
  for (gint64 i = 0; i < n; i++)
    sum += expected[i] * expected[i];
  return MAX (1, sqrt (sum / n));
}

static void
check_conv (GRand                 *random,
            const StrataConvShape *shape)
{
  gint64 n_x = shape->batch * shape->in_channels, n_y = shape->batch * shape->out_channels;
  gint64 n_w = shape->in_channels / shape->groups * shape->out_channels;
  g_autofree float *x = NULL, *w = NULL, *dy = NULL, *bias = NULL, *expected = NULL, *start = NULL;
  Conv conv = { .shape = *shape };

  for (int d = 0; d < shape->nd; d++)
    {
      n_x *= shape->in[d];
      n_y *= shape->out[d];
      n_w *= shape->kernel[d];
    }
  conv.x = x = make_numbers (random, n_x);
  conv.w = w = make_numbers (random, n_w);
  conv.dy = dy = make_numbers (random, n_y);
  bias = make_numbers (random, shape->out_channels);
  start = make_numbers (random, MAX (MAX (n_x, n_y), n_w));
  expected = g_new (float, MAX (MAX (n_x, n_y), n_w));
  conv.epilogue.bias = pick (random, 0, 1) ? bias : NULL;
  conv.epilogue.kind = pick (random, STRATA_EPILOGUE_NONE, STRATA_EPILOGUE_SILU);
  conv.in_place = pick (random, 0, 1);
  conv.epilogue.addend = conv.in_place ? start : pick (random, 0, 1) ? dy : NULL;

  strata_naive_conv_forward (shape, x, w, expected, &conv.epilogue);
  check_scaled (compute_forward, &conv, start, expected, n_y, get_scale (shape, expected, n_y));
  if (strata_conv_get_prepared (shape) > 0)
    {
      g_autofree float *prepared = g_new (float, strata_conv_get_prepared (shape));

      strata_conv_prepare (shape, w, prepared);
      conv.prepared = prepared;
      check_scaled (compute_prepared, &conv, start, expected, n_y, get_scale (shape, expected, n_y));
    }
  strata_naive_conv_backward_input (shape, dy, w, expected);
  check_scaled (compute_input, &conv, start, expected, n_x, get_scale (shape, expected, n_x));
  strata_naive_conv_backward_kernel (shape, x, dy, expected);
  check_scaled (compute_kernel, &conv, start, expected, n_w, get_scale (shape, expected, n_w));
}

/* A random shape with outputs wherever at least part of a window is in the input. */
static StrataConvShape
random_conv (GRand *random,
             gint64 groups,
             gint64 group_in,
             gint64 group_out)
{
  StrataConvShape shape = { .nd = pick (random, 1, 3), .batch = pick (random, 1, 9), .groups = groups };
  static const int most_in[] = { 40, 14, 7 };

  shape.in_channels = groups * group_in;
  shape.out_channels = groups * group_out;
  for (int d = 0; d < shape.nd; d++)
    {
      gint64 window, total;

      shape.in[d] = pick (random, 1, most_in[shape.nd - 1]);
      shape.kernel[d] = pick (random, 1, 4);
      shape.stride[d] = pick (random, 1, 3);
      shape.dilation[d] = pick (random, 1, 2);
      window = (shape.kernel[d] - 1) * shape.dilation[d] + 1;
      shape.pad[d] = pick (random, 0, 1) ? pick (random, 0, window - 1) : 0;
      total = MAX (shape.in[d] + shape.pad[d] + (shape.pad[d] > 0 ? pick (random, 0, window - 1) : 0), window);
      shape.out[d] = (total - window) / shape.stride[d] + 1;
    }
  return shape;
}

static void
test_conv_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (int i = 0; i < N_RANDOM; i++)
    {
      StrataConvShape shape = random_conv (random, 1, pick (random, 1, 20), pick (random, 1, 40));

      check_conv (random, &shape);
    }
}

static void
test_conv_groups (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (int i = 0; i < N_RANDOM / 2; i++)
    {
      StrataConvShape grouped = random_conv (random, pick (random, 2, 5), pick (random, 1, 9), pick (random, 1, 20));
      StrataConvShape depthwise = random_conv (random, pick (random, 2, 40), 1, 1);

      check_conv (random, &grouped);
      check_conv (random, &depthwise);
    }
}

/* The layers of small convolutional networks, and the shapes that are products of matrices. */
static void
test_conv_usual (void)
{
  static const StrataConvShape shapes[] = {
    { 2, 9, { 28, 28 }, { 26, 26 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 1, 32, 1 },
    { 2, 9, { 13, 13 }, { 11, 11 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 8, 32, 1 },
    { 2, 2, { 5, 5 }, { 3, 3 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 64, 64, 1 },
    { 2, 3, { 13, 14 }, { 11, 12 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 32, 48, 1 },
    { 2, 2, { 15, 12 }, { 15, 12 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 48, 32, 1 },
    { 2, 1, { 10, 11 }, { 12, 11 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 2, 0 }, 32, 32, 1 },
    { 2, 2, { 20, 20 }, { 20, 20 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 3, 16, 1 },
    { 2, 2, { 7, 7 }, { 7, 7 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 24, 40, 1 },
    { 2, 5, { 4, 4 }, { 1, 1 }, { 4, 4 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 6, 20, 1 },
    { 2, 3, { 9, 8 }, { 5, 4 }, { 1, 1 }, { 2, 2 }, { 1, 1 }, { 0, 0 }, 40, 36, 1 },
    { 2, 2, { 7, 7 }, { 7, 7 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 136, 150, 1 },
    { 2, 3, { 9, 8 }, { 5, 4 }, { 1, 1 }, { 2, 2 }, { 1, 1 }, { 0, 0 }, 144, 140, 1 },
    { 2, 2, { 3, 4 }, { 1, 1 }, { 3, 4 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 600, 40, 1 },
    { 3, 2, { 5, 4, 7 }, { 2, 4, 3 }, { 1, 1, 1 }, { 3, 1, 3 }, { 1, 1, 1 }, { 0, 0, 0 }, 32, 33, 1 },
    { 2, 16, { 13, 13 }, { 11, 11 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 32, 48, 1 },
    { 2, 16, { 4, 4 }, { 4, 4 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 176, 192, 1 },
    { 2, 17, { 7, 5 }, { 7, 5 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 176, 176, 1 },
    { 2, 3, { 6, 6 }, { 4, 4 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 32, 32, 1 },
    { 2, 16, { 6, 6 }, { 6, 6 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 32, 32, 1 },
    { 2, 21, { 9, 13 }, { 9, 11 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 0 }, 64, 32, 1 },
    { 2, 5, { 13, 10 }, { 12, 8 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 0 }, 32, 32, 1 },
    { 1, 1, { 600 }, { 598 }, { 3 }, { 1 }, { 1 }, { 0 }, 16, 100, 1 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    check_conv (random, &shapes[i]);
}

typedef struct
{
  StrataConvShape shape;
  const float *x;
  StrataPooledGradient dy;
} Pooled;

static void
compute_pooled (gconstpointer data,
                float        *dw)
{
  const Pooled *pooled = data;

  strata_conv_backward_kernel_pooled (&pooled->shape, pooled->x, &pooled->dy, dw);
}

typedef struct
{
  StrataPooledConv shape;
  const float *x, *w, *bias, *dpooled;
  gint32 *cells;
  gboolean relu;
} Joined;

static void
compute_joined (gconstpointer data,
                float        *pooled)
{
  const Joined *joined = data;

  strata_pooled_conv_forward (&joined->shape, joined->x, joined->w, joined->bias, joined->relu, pooled, joined->cells);
}

static void
compute_joined_kernel (gconstpointer data,
                       float        *dw)
{
  const Joined *joined = data;

  strata_pooled_conv_backward_cells (&joined->shape, joined->x, joined->cells, joined->dpooled, dw);
}

/* Convolution and pooling as one, with and without what is done to the outputs, and the gradient by the cells that it
 * remembers. Numbers are few, so that the largest is often there twice: the first one counts. */
static void
check_joined (GRand                    *random,
              const StrataConvShape    *shape,
              const StrataPoolingShape *pooling,
              const float              *x,
              const float              *dpooled)
{
  gint64 n_y = shape->batch * shape->out[0] * shape->out[1] * shape->out_channels, n_w = 9 * shape->out_channels;
  gint64 n_pooled = shape->batch * pooling->out[0] * pooling->out[1] * shape->out_channels;
  g_autofree float *y = g_new (float, n_y), *w = make_numbers (random, n_w), *dy = g_new (float, n_y);
  g_autofree float *bias = make_numbers (random, shape->out_channels), *expected = g_new (float, MAX (n_pooled, n_w));
  g_autofree gint32 *cells = g_new (gint32, n_pooled);
  Joined joined = { .shape = { *shape, *pooling }, .x = x, .w = w, .dpooled = dpooled, .cells = cells };

  for (gint64 i = 0; i < n_w; i++)
    w[i] = roundf (w[i]);
  for (int kind = 0; kind < 2; kind++)
    {
      StrataEpilogue epilogue = { kind == 0 ? NULL : bias, kind == 0 ? STRATA_EPILOGUE_NONE : STRATA_EPILOGUE_RELU };

      joined.bias = epilogue.bias;
      joined.relu = kind == 1;
      strata_naive_conv_forward (shape, x, w, y, &epilogue);
      strata_naive_pooling_max (pooling, y, expected);
      check (compute_joined, &joined, expected, expected, n_pooled);
      strata_naive_pooling_max_backward (pooling, y, dpooled, dy);
      strata_naive_conv_backward_kernel (shape, x, dy, expected);
      check (compute_joined_kernel, &joined, expected, expected, n_w);
    }
}

/* The naive version spreads the gradient first. */
static void
check_pooled (GRand                    *random,
              const StrataConvShape    *shape,
              const StrataPoolingShape *pooling)
{
  gint64 n_x = shape->batch * shape->in_channels, n_y = shape->batch * shape->out_channels, n_pooled = n_y;
  gint64 n_w = shape->in_channels / shape->groups * shape->out_channels;
  g_autofree float *x = NULL, *y = NULL, *dy = NULL, *max = NULL, *dmax = NULL, *expected = NULL;
  Pooled pooled = { .shape = *shape, .dy.pooling = *pooling };

  g_assert_true (strata_conv_can_pooled (shape));
  for (int d = 0; d < shape->nd; d++)
    {
      n_x *= shape->in[d];
      n_y *= shape->out[d];
      n_w *= shape->kernel[d];
      n_pooled *= pooling->out[d];
    }
  pooled.x = x = make_numbers (random, n_x);
  pooled.dy.y = y = make_numbers (random, n_y);
  pooled.dy.pooled = max = g_new (float, n_pooled);
  pooled.dy.dpooled = dmax = make_numbers (random, n_pooled);
  dy = g_new (float, n_y);
  expected = g_new (float, n_w);
  strata_naive_pooling_max (pooling, y, max);
  strata_naive_pooling_max_backward (pooling, y, dmax, dy);
  strata_naive_conv_backward_kernel (shape, x, dy, expected);
  check (compute_pooled, &pooled, expected, expected, n_w);
  if (strata_pooled_conv_can_forward (&(StrataPooledConv){ *shape, *pooling }))
    check_joined (random, shape, pooling, x, dmax);
}

static void
test_conv_pooled (void)
{
  static const struct
  {
    StrataConvShape conv;
    StrataPoolingShape pooling;
  } cases[] = {
    { { 2, 9, { 28, 28 }, { 26, 26 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 1, 32, 1 },
      { 2, 9, { 26, 26 }, { 13, 13 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, 32 } },
    { { 2, 7, { 10, 12 }, { 5, 6 }, { 3, 3 }, { 2, 2 }, { 1, 1 }, { 1, 1 }, 3, 20, 1 },
      { 2, 7, { 5, 6 }, { 3, 3 }, { 3, 3 }, { 2, 2 }, { 1, 1 }, 20 } },
    { { 2, 11, { 9, 12 }, { 9, 11 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 1, 16, 1 },
      { 2, 11, { 9, 11 }, { 4, 5 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, 16 } },
    { { 2, 3, { 12, 11 }, { 8, 9 }, { 5, 5 }, { 1, 1 }, { 1, 1 }, { 0, 1 }, 1, 48, 1 },
      { 2, 3, { 8, 9 }, { 4, 4 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, 48 } },
    { { 1, 33, { 40 }, { 36 }, { 5 }, { 1 }, { 1 }, { 0 }, 2, 7, 1 },
      { 1, 33, { 36 }, { 11 }, { 3 }, { 3 }, { 0 }, 7 } },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (8);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check_pooled (random, &cases[i].conv, &cases[i].pooling);
}

typedef struct
{
  StrataConvShape shape;
  StrataExpansion expansion;
  const float *w;
  StrataEpilogue epilogue;
} Expanded;

static void
compute_expanded (gconstpointer data,
                  float        *y)
{
  const Expanded *expanded = data;

  strata_expanded_conv_forward (&expanded->shape, &expanded->expansion, expanded->w, y, &expanded->epilogue);
}

/* The naive version makes the whole of what is in between. */
static void
check_expanded (GRand                 *random,
                const StrataConvShape *shape,
                gint64                 n_features)
{
  StrataConvShape pointwise = {
    .nd = 1, .batch = 1, .in = { shape->batch }, .kernel = { 1 }, .stride = { 1 }, .dilation = { 1 },
    .in_channels = n_features, .out_channels = shape->in_channels, .groups = 1,
  };
  gint64 n_y = shape->batch * shape->out_channels, n_w = shape->out_channels;
  g_autofree float *x = NULL, *middle = NULL, *w = NULL, *bias = NULL, *expected = NULL;
  g_autofree float *features = make_numbers (random, n_features * shape->in_channels);
  Expanded expanded = { .shape = *shape };
  StrataEpilogue epilogue;

  for (int d = 0; d < shape->nd; d++)
    {
      pointwise.in[0] *= shape->in[d];
      n_y *= shape->out[d];
      n_w *= shape->kernel[d];
    }
  pointwise.out[0] = pointwise.in[0];
  x = make_numbers (random, pointwise.in[0] * n_features);
  middle = g_new (float, pointwise.in[0] * shape->in_channels);
  w = make_numbers (random, n_w);
  bias = make_numbers (random, shape->in_channels);
  expected = g_new (float, n_y);
  expanded.w = w;
  expanded.expansion = (StrataExpansion){
    .n_features = n_features, .x = x, .w = features, .bias = bias,
    .kind = pick (random, STRATA_EPILOGUE_NONE, STRATA_EPILOGUE_SILU),
  };
  expanded.epilogue.bias = bias;
  expanded.epilogue.kind = pick (random, STRATA_EPILOGUE_NONE, STRATA_EPILOGUE_SILU);

  epilogue = (StrataEpilogue){ .bias = bias, .kind = expanded.expansion.kind };
  strata_naive_conv_forward (&pointwise, x, features, middle, &epilogue);
  strata_naive_conv_forward (shape, middle, w, expected, &expanded.epilogue);
  check_scaled (compute_expanded, &expanded, expected, expected, n_y,
                MAX (1, sqrtf (n_w / shape->in_channels * n_features) / 4));
}

static void
test_conv_expanded (void)
{
  static const StrataConvShape shapes[] = {
    { 2, 1, { 70, 70 }, { 70, 70 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 48, 48, 48 },
    { 2, 2, { 112, 56 }, { 56, 28 }, { 3, 3 }, { 2, 2 }, { 1, 1 }, { 0, 0 }, 32, 32, 32 },
    { 2, 9, { 7, 7 }, { 7, 7 }, { 5, 5 }, { 1, 1 }, { 1, 1 }, { 2, 2 }, 272, 272, 272 },
    { 2, 17, { 2, 3 }, { 2, 3 }, { 5, 5 }, { 1, 1 }, { 1, 1 }, { 2, 2 }, 112, 112, 112 },
    { 1, 3, { 300 }, { 300 }, { 9 }, { 1 }, { 1 }, { 4 }, 16, 16, 16 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    check_expanded (random, &shapes[i], pick (random, 1, 60));
  for (int i = 0; i < N_RANDOM; i++)
    {
      StrataConvShape shape = random_conv (random, 16 * pick (random, 1, 5), 1, 1);

      if (strata_expanded_conv_can (&shape))
        check_expanded (random, &shape, pick (random, 1, 40));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conv/random", test_conv_random);
  g_test_add_func ("/conv/groups", test_conv_groups);
  g_test_add_func ("/conv/usual", test_conv_usual);
  g_test_add_func ("/conv/expanded", test_conv_expanded);
  g_test_add_func ("/conv/pooled", test_conv_pooled);
  return g_test_run ();
}
