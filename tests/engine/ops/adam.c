/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "../kernels/check.h"

#include "ops/adam.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"

/* Steps of Adam over tables, where each slice of a gradient counts by itself, and
 * over gradients whose squares are given. */

#define RATE 0.01f

static const StrataAdamRates rates = { 0.1f, 0.001f, 1e-7f };

typedef struct
{
  gint64 rows, width, n;
  gint32 *indices;
  float *slices;
} Case;

static StrataTensor *
wrap (gint64       rows,
      gint64       width,
      const float *numbers)
{
  StrataTensor *tensor = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (rows, width));

  memcpy (strata_tensor_get_floats (tensor), numbers, rows * width * sizeof *numbers);
  return tensor;
}

static StrataValue *
apply (StrataBuilder  *b,
       const Case     *c,
       float          *state,
       gboolean        apart,
       StrataValue   **m,
       StrataValue   **v)
{
  gint64 size = c->rows * c->width;
  StrataTensor *indices = strata_tensor_new (STRATA_INT32, &STRATA_SHAPE (c->n));
  StrataValue *weight = strata_builder_constant (b, wrap (c->rows, c->width, state));
  StrataValue *alpha = strata_builder_scalar (b, RATE), *where, *slices;

  memcpy (strata_tensor_get_data (indices), c->indices, c->n * sizeof (gint32));
  where = strata_builder_constant (b, indices);
  slices = strata_builder_constant (b, wrap (c->n, c->width, c->slices));
  *m = strata_builder_constant (b, wrap (c->rows, c->width, state + size));
  *v = strata_builder_constant (b, wrap (c->rows, c->width, state + 2 * size));
  if (!apart)
    return strata_adam_slices (b, &rates, weight, where, slices, alpha, m, v);
  return strata_adam_apart (b, &rates, weight, strata_scatter_add (b, where, slices, c->rows),
                            strata_scatter_add (b, where, strata_square (b, slices), c->rows), alpha, m, v);
}

static void
run (const Case *c,
     float      *state,
     gboolean    apart)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
  g_autoptr (GError) error = NULL;
  StrataValue *results[3];
  gint64 size = c->rows * c->width;

  results[0] = apply (b, c, state, apart, &results[1], &results[2]);
  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 3; i++)
    memcpy (state + i * size, strata_tensor_get_floats (results[i]->tensor), size * sizeof *state);
}

static void
run_slices (gconstpointer  data,
            float         *state)
{
  run (data, state, FALSE);
}

static void
run_apart (gconstpointer  data,
           float         *state)
{
  run (data, state, TRUE);
}

static void
expect (const Case *c,
        float      *state)
{
  gint64 size = c->rows * c->width;

  for (gint64 at = 0; at < size; at++)
    {
      float *w = state + at, *m = w + size, *v = m + size;
      double sum = 0, squares = 0;

      for (gint64 i = 0; i < c->n; i++)
        if (c->indices[i] == at / c->width)
          {
            double number = c->slices[i * c->width + at % c->width];

            sum += number;
            squares += number * number;
          }
      *m += (sum - *m) * rates.m;
      *v += (squares - *v) * rates.v;
      *w -= RATE * *m / (sqrt (*v) + rates.epsilon);
    }
}

/* Rows that are looked up twice, once and never, of tables that were trained in part. */
static void
test_slices (void)
{
  static const gint64 sizes[][3] = { { 1, 1, 1 }, { 7, 3, 9 }, { 300, 1, 40 }, { 90, 33, 25 }, { 5, 700, 4 },
                                     { 2000, 64, 500 }, { 4, 8, 0 } };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Case c = { sizes[i][0], sizes[i][1], sizes[i][2] };
      gint64 size = c.rows * c.width;
      g_autofree float *start = make_numbers (random, 3 * size);
      g_autofree float *slices = c.slices = make_numbers (random, c.n * c.width);
      g_autofree gint32 *indices = c.indices = g_new (gint32, c.n + 1);
      g_autofree float *expected = NULL;

      for (gint64 k = 0; k < c.n; k++)
        indices[k] = pick (random, 0, c.rows - 1);
      for (gint64 k = size; k < 3 * size; k++)
        start[k] = k % size < size / 2 ? 0 : fabsf (start[k]);
      expected = g_memdup2 (start, 3 * size * sizeof (float));
      expect (&c, expected);
      check (run_slices, &c, start, expected, 3 * size);
      check (run_apart, &c, start, expected, 3 * size);
    }
}

/* An index beyond the table is nobody's gradient. */
static void
test_beyond (void)
{
  Case c = { 2, 1, 3, (gint32[]){ 2, -1, 1 }, (float[]){ 1, 1, 1 } };
  float state[6] = { 1, 1 };

  run_slices (&c, state);
  g_assert_cmpfloat (state[0], ==, 1);
  g_assert_cmpfloat (state[1], <, 1);
  g_assert_cmpfloat (state[3], ==, 0.1f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/adam/slices", test_slices);
  g_test_add_func ("/ops/adam/beyond", test_beyond);
  return g_test_run ();
}
