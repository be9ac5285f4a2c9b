/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include "kernels/naive.h"

#define N_RANDOM 60

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
  g_test_add_func ("/pooling/random", test_pooling_random);
  g_test_add_func ("/pooling/ties", test_pooling_ties);
  return g_test_run ();
}
