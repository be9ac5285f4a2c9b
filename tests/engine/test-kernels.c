/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/naive.h"
#include "tensor/pool.h"

#include <math.h>
#include <string.h>

/* Every kernel is compared with its naive version on every instruction set of
 * this processor, and with itself, bit by bit, for one to three threads. */

#define N_RANDOM 60
#define MAX_THREADS 3

static gint64
pick (GRand *random,
      gint64 least,
      gint64 most)
{
  return g_rand_int_range (random, least, most + 1);
}

static float *
make_numbers (GRand *random,
              gint64 n)
{
  float *numbers = g_new (float, MAX (n, 1));

  for (gint64 i = 0; i < n; i++)
    numbers[i] = g_rand_int_range (random, -64, 65) / 64.0f;
  return numbers;
}

static void
assert_close (const float *got,
              const float *expected,
              gint64       n)
{
  for (gint64 i = 0; i < n; i++)
    if (!(fabsf (got[i] - expected[i]) <= 2e-5f * (1.0f + fabsf (expected[i]))))
      g_error ("number %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " is %g instead of %g on %s", i, n, got[i],
               expected[i], strata_isa_get_name (strata_isa_get ()));
}

typedef void (*Compute) (gconstpointer data, float *result);

/* Checks what @compute makes of a copy of @start. */
static void
check (Compute       compute,
       gconstpointer data,
       const float  *start,
       const float  *expected,
       gint64        n)
{
  g_autofree float *first = g_new (float, MAX (n, 1));
  g_autofree float *again = g_new (float, MAX (n, 1));

  for (int isa = 0; isa < STRATA_N_ISAS; isa++)
    {
      if (!strata_isa_set (isa))
        continue;
      for (int n_threads = 1; n_threads <= MAX_THREADS; n_threads++)
        {
          float *result = n_threads == 1 ? first : again;

          memcpy (result, start, n * sizeof (float));
          strata_pool_set_n_threads (n_threads);
          compute (data, result);
          if (n_threads == 1)
            assert_close (result, expected, n);
          else
            g_assert_cmpmem (result, n * sizeof (float), first, n * sizeof (float));
        }
    }
}

typedef struct
{
  gboolean trans_a, trans_b;
  gint64 n_batch, m, n, k;
  gint64 lda, ldb, ldc, stride_a, stride_b, stride_c;
  const float *a, *b;
  float beta;
  StrataEpilogue epilogue;
} Gemm;

static void
compute_gemm (gconstpointer data,
              float        *c)
{
  const Gemm *g = data;

  strata_gemm_batched (g->trans_a, g->trans_b, g->n_batch, g->m, g->n, g->k, g->a, g->lda, g->stride_a,
                       g->b, g->ldb, g->stride_b, g->beta, c, g->ldc, g->stride_c, &g->epilogue);
}

/* Leading dimensions and strides get room to spare, which must stay as it is. */
static void
check_gemm (GRand *random,
            Gemm   g)
{
  gint64 spare = pick (random, 0, 3);
  g_autofree float *a = NULL, *b = NULL, *c = NULL, *expected = NULL, *bias = NULL;

  g.lda = (g.trans_a ? g.m : g.k) + spare;
  g.ldb = (g.trans_b ? g.k : g.n) + spare;
  g.ldc = g.n + spare;
  g.stride_a = g.lda * (g.trans_a ? g.k : g.m) + spare;
  g.stride_b = pick (random, 0, 2) == 0 ? 0 : g.ldb * (g.trans_b ? g.n : g.k);
  g.stride_c = g.ldc * g.m + spare;
  g.a = a = make_numbers (random, g.n_batch * g.stride_a);
  g.b = b = make_numbers (random, (g.n_batch - 1) * g.stride_b + g.ldb * (g.trans_b ? g.n : g.k));
  c = make_numbers (random, g.n_batch * g.stride_c);
  bias = make_numbers (random, g.n);
  g.beta = pick (random, 0, 1);
  g.epilogue.bias = pick (random, 0, 1) ? bias : NULL;
  g.epilogue.kind = pick (random, 0, 1) ? STRATA_EPILOGUE_RELU : STRATA_EPILOGUE_NONE;

  expected = g_memdup2 (c, g.n_batch * g.stride_c * sizeof (float));
  for (gint64 i = 0; i < g.n_batch; i++)
    strata_naive_gemm (g.trans_a, g.trans_b, g.m, g.n, g.k, a + i * g.stride_a, g.lda, b + i * g.stride_b, g.ldb,
                       g.beta, expected + i * g.stride_c, g.ldc, &g.epilogue);
  check (compute_gemm, &g, c, expected, g.n_batch * g.stride_c);
}

static void
test_gemm_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 4 * N_RANDOM; i++)
    check_gemm (random, (Gemm) { .trans_a = i & 1, .trans_b = i >> 1 & 1, .n_batch = 1, .m = pick (random, 1, 70),
                                 .n = pick (random, 1, 70), .k = pick (random, 0, 90) });
}

static void
test_gemm_batched (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (int i = 0; i < N_RANDOM; i++)
    check_gemm (random, (Gemm) { .trans_a = i & 1, .trans_b = i >> 1 & 1, .n_batch = pick (random, 1, 20),
                                 .m = pick (random, 1, 40), .n = pick (random, 1, 40), .k = pick (random, 1, 40) });
}

/* Large enough for several steps of depth, packing on both sides and aliased strides. */
static void
test_gemm_large (void)
{
  static const gint64 sizes[][3] = {
    { 300, 200, 600 }, { 257, 513, 300 }, { 128, 512, 512 }, { 1024, 40, 512 }, { 14, 1100, 70 }, { 1, 300, 1000 },
    { 300, 1, 1000 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int trans = 0; trans < 4; trans++)
      check_gemm (random, (Gemm) { .trans_a = trans & 1, .trans_b = trans >> 1, .n_batch = 1,
                                   .m = sizes[i][0], .n = sizes[i][1], .k = sizes[i][2] });
}

static void
test_gemm_empty (void)
{
  float c[6] = { 1, 2, 3, 4, 5, 6 };
  float bias[3] = { 1, -9, 1 };
  StrataEpilogue epilogue = { bias, STRATA_EPILOGUE_RELU };

  strata_gemm (FALSE, FALSE, 0, 3, 2, c, 2, c, 3, 0.0f, c, 3, NULL);
  strata_gemm (FALSE, FALSE, 2, 0, 2, c, 2, c, 3, 0.0f, c, 3, NULL);
  g_assert_cmpfloat (c[0], ==, 1.0f);
  strata_gemm (FALSE, FALSE, 2, 3, 0, NULL, 1, NULL, 3, 1.0f, c, 3, &epilogue);
  g_assert_cmpfloat (c[0], ==, 2.0f);
  g_assert_cmpfloat (c[1], ==, 0.0f);
  g_assert_cmpfloat (c[5], ==, 7.0f);
  strata_gemm (FALSE, FALSE, 2, 3, 0, NULL, 1, NULL, 3, 0.0f, c, 3, NULL);
  g_assert_cmpfloat (c[0], ==, 0.0f);
}

typedef struct
{
  StrataConvShape shape;
  const float *x, *w, *dy;
  StrataEpilogue epilogue;
} Conv;

static void
compute_forward (gconstpointer data,
                 float        *y)
{
  const Conv *conv = data;

  strata_conv_forward (&conv->shape, conv->x, conv->w, y, &conv->epilogue);
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
  conv.epilogue.kind = pick (random, 0, 1) ? STRATA_EPILOGUE_RELU : STRATA_EPILOGUE_NONE;

  strata_naive_conv_forward (shape, x, w, expected, &conv.epilogue);
  check (compute_forward, &conv, start, expected, n_y);
  strata_naive_conv_backward_input (shape, dy, w, expected);
  check (compute_input, &conv, start, expected, n_x);
  strata_naive_conv_backward_kernel (shape, x, dy, expected);
  check (compute_kernel, &conv, start, expected, n_w);
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
    { 2, 2, { 20, 20 }, { 20, 20 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 3, 16, 1 },
    { 2, 2, { 7, 7 }, { 7, 7 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 24, 40, 1 },
    { 2, 5, { 4, 4 }, { 1, 1 }, { 4, 4 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 6, 20, 1 },
    { 1, 1, { 600 }, { 598 }, { 3 }, { 1 }, { 1 }, { 0 }, 16, 100, 1 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    check_conv (random, &shapes[i]);
}

typedef struct
{
  StrataPoolingShape shape;
  const float *x, *y, *dy;
} Pooling;

static void
compute_max (gconstpointer data,
             float        *y)
{
  const Pooling *pooling = data;

  strata_pooling_max (&pooling->shape, pooling->x, y);
}

static void
compute_max_backward (gconstpointer data,
                      float        *dx)
{
  const Pooling *pooling = data;

  strata_pooling_max_backward (&pooling->shape, pooling->x, pooling->y, pooling->dy, dx);
}

static void
compute_average (gconstpointer data,
                 float        *y)
{
  const Pooling *pooling = data;

  strata_pooling_average (&pooling->shape, pooling->x, y);
}

static void
compute_average_backward (gconstpointer data,
                          float        *dx)
{
  const Pooling *pooling = data;

  strata_pooling_average_backward (&pooling->shape, pooling->dy, dx);
}

static void
check_pooling (GRand                    *random,
               const StrataPoolingShape *shape)
{
  gint64 n_x = shape->batch * shape->channels, n_y = n_x;
  g_autofree float *x = NULL, *y = NULL, *dy = NULL, *expected = NULL, *start = NULL;
  Pooling pooling = { .shape = *shape };

  for (int d = 0; d < shape->nd; d++)
    {
      n_x *= shape->in[d];
      n_y *= shape->out[d];
    }
  pooling.x = x = make_numbers (random, n_x);
  pooling.dy = dy = make_numbers (random, n_y);
  pooling.y = y = g_new (float, n_y);
  start = make_numbers (random, MAX (n_x, n_y));
  expected = g_new (float, MAX (n_x, n_y));

  strata_naive_pooling_max (shape, x, y);
  check (compute_max, &pooling, start, y, n_y);
  strata_naive_pooling_max_backward (shape, x, dy, expected);
  check (compute_max_backward, &pooling, start, expected, n_x);
  strata_naive_pooling_average (shape, x, expected);
  check (compute_average, &pooling, start, expected, n_y);
  strata_naive_pooling_average_backward (shape, dy, expected);
  check (compute_average_backward, &pooling, start, expected, n_x);
}

static void
test_pooling_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  static const int most_in[] = { 40, 16, 8 };

  for (int i = 0; i < 2 * N_RANDOM; i++)
    {
      StrataPoolingShape shape = { .nd = pick (random, 1, 3), .batch = pick (random, 1, 9),
                                   .channels = pick (random, 1, 40) };

      for (int d = 0; d < shape.nd; d++)
        {
          gint64 total;

          shape.in[d] = pick (random, 1, most_in[shape.nd - 1]);
          shape.window[d] = pick (random, 1, MIN (4, shape.in[d]));
          shape.stride[d] = pick (random, 0, 1) ? shape.window[d] : pick (random, 1, 4);
          shape.pad[d] = pick (random, 0, 1) ? pick (random, 0, shape.window[d] - 1) : 0;
          total = shape.in[d] + 2 * shape.pad[d];
          shape.out[d] = (total - shape.window[d]) / shape.stride[d] + 1;
        }
      check_pooling (random, &shape);
    }
}

/* All equal: the gradient goes to the first cell alone. */
static void
test_pooling_ties (void)
{
  StrataPoolingShape shape = { 2, 1, { 2, 2 }, { 1, 1 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, 1 };
  float x[4] = { 3, 3, 3, 3 }, y[1], dy[1] = { 5 }, dx[4];

  strata_pooling_max (&shape, x, y);
  strata_pooling_max_backward (&shape, x, y, dy, dx);
  g_assert_cmpfloat (y[0], ==, 3.0f);
  g_assert_cmpfloat (dx[0], ==, 5.0f);
  g_assert_cmpfloat (dx[1] + dx[2] + dx[3], ==, 0.0f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernels/gemm/random", test_gemm_random);
  g_test_add_func ("/kernels/gemm/batched", test_gemm_batched);
  g_test_add_func ("/kernels/gemm/large", test_gemm_large);
  g_test_add_func ("/kernels/gemm/empty", test_gemm_empty);
  g_test_add_func ("/kernels/conv/random", test_conv_random);
  g_test_add_func ("/kernels/conv/groups", test_conv_groups);
  g_test_add_func ("/kernels/conv/usual", test_conv_usual);
  g_test_add_func ("/kernels/pooling/random", test_pooling_random);
  g_test_add_func ("/kernels/pooling/ties", test_pooling_ties);
  return g_test_run ();
}
