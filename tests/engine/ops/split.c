/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "graph/gradient.h"
#include "graph/tape.h"
#include "ops/elementwise.h"
#include "ops/recurrent.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "ops/softmax.h"
#include "tensor/pool.h"
#include "tensor/random.h"

/* Ops that are split over threads once there is enough to do: they give what
 * plain loops give, and the same bits on any number of threads. */

typedef struct
{
  StrataShape shape;
  guint axes;
} Case;

static const Case cases[] = {
  { { 1, { 100000 } }, STRATA_AXIS (0) },
  { { 2, { 5000, 32 } }, STRATA_AXIS (0) },
  { { 2, { 5000, 32 } }, STRATA_AXIS (1) },
  { { 2, { 300, 1000 } }, STRATA_AXIS (0) },
  { { 2, { 3, 30000 } }, STRATA_AXIS (1) },
  { { 2, { 40000, 3 } }, STRATA_AXIS (0) | STRATA_AXIS (1) },
  { { 4, { 8, 30, 20, 17 } }, STRATA_AXIS (0) | STRATA_AXIS (1) | STRATA_AXIS (2) },
  { { 4, { 8, 30, 20, 17 } }, STRATA_AXIS (1) | STRATA_AXIS (2) },
  { { 4, { 50, 30, 20, 7 } }, STRATA_AXIS (0) | STRATA_AXIS (2) },
  { { 3, { 1, 70, 1000 } }, STRATA_AXIS (1) },
};

static StrataTensor *
draw (const StrataShape *shape)
{
  StrataTensor *tensor = strata_tensor_new (STRATA_FLOAT32, shape);

  strata_random_fill_normal (7, 1, 0, strata_tensor_get_floats (tensor), strata_tensor_get_size (tensor));
  return tensor;
}

/* Sum and largest of all numbers of @x that fall on number @at of the result. */
static void
fold_plainly (StrataTensor *x,
              guint         axes,
              double       *sums,
              float        *maxima,
              gint64        n_out)
{
  const StrataShape *shape = strata_tensor_get_shape (x);

  for (gint64 i = 0; i < n_out; i++)
    sums[i] = 0, maxima[i] = -HUGE_VALF;
  for (gint64 i = 0; i < strata_tensor_get_size (x); i++)
    {
      gint64 rest = i, at = 0, stride = 1;
      float number = strata_tensor_get_floats (x)[i];

      for (int d = shape->rank - 1; d >= 0; d--)
        {
          gint64 index = rest % shape->dims[d];

          rest /= shape->dims[d];
          if (axes & STRATA_AXIS (d))
            continue;
          at += index * stride;
          stride *= shape->dims[d];
        }
      sums[at] += number;
      maxima[at] = MAX (maxima[at], number);
    }
}

static void
test_reduce (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (StrataTensor) x = draw (&test->shape);
  g_autoptr (StrataTensor) alone = NULL;

  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
      StrataValue *value = strata_builder_constant (b, strata_tensor_ref (x));
      StrataTensor *sum, *max;
      g_autofree double *sums = NULL;
      g_autofree float *maxima = NULL;
      gint64 n;

      strata_pool_set_n_threads (n_threads);
      sum = strata_reduce_sum (b, value, test->axes, FALSE)->tensor;
      max = strata_reduce_max (b, value, test->axes, FALSE)->tensor;
      n = strata_tensor_get_size (sum);
      sums = g_new (double, n);
      maxima = g_new (float, n);
      fold_plainly (x, test->axes, sums, maxima, n);
      for (gint64 i = 0; i < n; i++)
        {
          g_assert_cmpfloat_with_epsilon (strata_tensor_get_floats (sum)[i], sums[i], 1e-3);
          g_assert_cmpfloat (strata_tensor_get_floats (max)[i], ==, maxima[i]);
        }
      if (alone == NULL)
        alone = strata_tensor_ref (sum);
      g_assert_cmpmem (strata_tensor_get_data (sum), strata_tensor_get_bytes (sum), strata_tensor_get_data (alone),
                       strata_tensor_get_bytes (alone));
    }
}

static void
test_transpose (gconstpointer data)
{
  static const int permutations[][4] = { { 1, 0, 2, 3 }, { 0, 1, 3, 2 }, { 3, 2, 1, 0 }, { 2, 0, 3, 1 } };
  const int *permutation = permutations[GPOINTER_TO_INT (data)];
  StrataShape shape = STRATA_SHAPE (20, 31, 9, 17);
  g_autoptr (StrataTensor) x = draw (&shape);
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  StrataTensor *y;
  gint64 from[4], to = 0;

  strata_pool_set_n_threads (3);
  y = strata_transpose (b, strata_builder_constant (b, strata_tensor_ref (x)), permutation)->tensor;
  for (gint64 i = 0; i < strata_tensor_get_size (y); i++)
    {
      gint64 rest = i;

      for (int d = 3; d >= 0; d--)
        {
          from[permutation[d]] = rest % strata_tensor_get_dim (y, d);
          rest /= strata_tensor_get_dim (y, d);
        }
      to = ((from[0] * 31 + from[1]) * 9 + from[2]) * 17 + from[3];
      g_assert_cmpfloat (strata_tensor_get_floats (y)[i], ==, strata_tensor_get_floats (x)[to]);
    }
}

/* Rows of classes, of a vocabulary, and so long that one is a task. */
static void
test_softmax (void)
{
  static const gint64 sizes[][2] = { { 3000, 10 }, { 40, 1001 }, { 3, 30000 }, { 5, 1 } };

  strata_pool_set_n_threads (3);
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      gint64 n = sizes[k][1];
      g_autoptr (StrataTensor) x = draw (&STRATA_SHAPE (sizes[k][0], n));
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
      StrataValue *value = strata_builder_constant (b, strata_tensor_ref (x));
      StrataTensor *shares = strata_softmax (b, value)->tensor, *logs = strata_log_softmax (b, value)->tensor;

      for (gint64 r = 0; r < sizes[k][0]; r++)
        {
          const float *row = strata_tensor_get_floats (x) + r * n;
          double sum = 0;

          for (gint64 i = 0; i < n; i++)
            sum += exp (row[i]);
          for (gint64 i = 0; i < n; i++)
            {
              g_assert_cmpfloat_with_epsilon (strata_tensor_get_floats (shares)[r * n + i], exp (row[i]) / sum, 2e-6);
              g_assert_cmpfloat_with_epsilon (strata_tensor_get_floats (logs)[r * n + i], row[i] - log (sum), 1e-4);
            }
        }
    }
}

/* What a layer of @gates gates remembers, and the gradients of all that it is given. */
static GPtrArray *
run_recurrent (gint64        gates,
               StrataTensor *given,
               StrataTensor *kernel,
               StrataTensor *state,
               StrataTensor *mask)
{
  enum { N = 3 };
  g_autoptr (StrataTape) tape = strata_tape_new (0);
  StrataBuilder *b = strata_tape_get_builder (tape);
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  StrataValue *wrt[N] = { strata_tape_watch (tape, given), strata_tape_watch (tape, kernel),
                          strata_tape_watch (tape, state) };
  StrataValue *skipped = strata_tape_watch (tape, mask), *grads[N], *y, *cells;
  StrataShape bias = STRATA_SHAPE (strata_tensor_get_dim (kernel, 1));

  if (gates == 4)
    y = strata_lstm (b, wrt[0], wrt[1], wrt[2], wrt[2], skipped, &cells);
  else
    y = strata_gru (b, wrt[0], wrt[1], strata_builder_constant (b, strata_tensor_new (STRATA_FLOAT32, &bias)),
                    wrt[2], skipped);
  strata_gradient (b, strata_reduce_sum (b, strata_square (b, y), STRATA_ALL_AXES, FALSE), wrt, N, grads);
  g_ptr_array_add (results, strata_tensor_ref (y->tensor));
  for (int i = 0; i < N; i++)
    g_ptr_array_add (results, strata_tensor_ref (grads[i]->tensor));
  return results;
}

/* Batches of whole tasks and a part of one. */
static void
test_recurrent (gconstpointer data)
{
  gint64 gates = GPOINTER_TO_INT (data), steps = 7, batch = 37, units = 21;
  g_autoptr (StrataTensor) given = draw (&STRATA_SHAPE (steps, batch, gates * units));
  g_autoptr (StrataTensor) kernel = draw (&STRATA_SHAPE (units, gates * units));
  g_autoptr (StrataTensor) state = draw (&STRATA_SHAPE (batch, units)), mask = draw (&STRATA_SHAPE (steps, batch));
  g_autoptr (GPtrArray) alone = NULL;

  for (gint64 i = 0; i < steps * batch; i++)
    strata_tensor_get_floats (mask)[i] = strata_tensor_get_floats (mask)[i] > -1;
  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr (GPtrArray) results = NULL;

      strata_pool_set_n_threads (n_threads);
      results = run_recurrent (gates, given, kernel, state, mask);
      if (alone == NULL)
        alone = g_ptr_array_ref (results);
      for (guint i = 0; i < results->len; i++)
        g_assert_cmpmem (strata_tensor_get_data (results->pdata[i]), strata_tensor_get_bytes (results->pdata[i]),
                         strata_tensor_get_data (alone->pdata[i]), strata_tensor_get_bytes (alone->pdata[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shape = strata_shape_to_string (&cases[i].shape);
      g_autofree char *path = g_strdup_printf ("/split/reduce/%s/%x", shape, cases[i].axes);

      g_test_add_data_func (path, &cases[i], test_reduce);
    }
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("/split/transpose/%d", i);

      g_test_add_data_func (path, GINT_TO_POINTER (i), test_transpose);
    }
  g_test_add_func ("/split/softmax", test_softmax);
  g_test_add_data_func ("/split/recurrent/lstm", GINT_TO_POINTER (4), test_recurrent);
  g_test_add_data_func ("/split/recurrent/gru", GINT_TO_POINTER (3), test_recurrent);
  return g_test_run ();
}
