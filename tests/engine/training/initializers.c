/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Random initializers against what their formulas say: moments, bounds, right angles. */

#include <math.h>

#include "initializers/initializer.h"
#include "tensor/pool.h"

typedef struct
{
  double mean, deviation, least, most;
} Moments;

static Moments
measure (const char         *text,
         const StrataShape  *shape,
         float             **numbers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataInitializer) initializer =
    (StrataInitializer *) strata_object_new_from_text (STRATA_KIND_INITIALIZER, text, &error);
  g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, shape);
  gint64 n = strata_tensor_get_size (tensor);
  const float *x = strata_tensor_get_floats (tensor);
  Moments moments = { .least = INFINITY, .most = -INFINITY };
  double squares = 0;

  g_assert_no_error (error);
  strata_initializer_fill_seeded (initializer, tensor, 42, &error);
  g_assert_no_error (error);
  for (gint64 i = 0; i < n; i++)
    {
      moments.mean += x[i] / n;
      squares += (double) x[i] * x[i] / n;
      moments.least = MIN (moments.least, x[i]);
      moments.most = MAX (moments.most, x[i]);
    }
  moments.deviation = sqrt (squares - moments.mean * moments.mean);
  if (numbers != NULL)
    *numbers = g_memdup2 (x, n * sizeof *x);
  return moments;
}

/* Of 60000 numbers, mean and deviation are known to about a percent of the deviation. */
static void
check (const char *text,
       double      mean,
       double      deviation,
       double      bound)
{
  Moments moments = measure (text, &STRATA_SHAPE (200, 300), NULL);

  g_test_message ("%s: %g ± %g in [%g, %g]", text, moments.mean, moments.deviation, moments.least, moments.most);
  g_assert_cmpfloat_with_epsilon (moments.mean, mean, 0.02 * deviation);
  g_assert_cmpfloat_with_epsilon (moments.deviation, deviation, 0.02 * deviation);
  g_assert_cmpfloat (moments.most, <=, mean + bound * 1.000001);
  g_assert_cmpfloat (moments.least, >=, mean - bound * 1.000001);
  /* Nor are the bounds never come near to. */
  if (isfinite (bound))
    g_assert_cmpfloat (moments.most, >, mean + bound * 0.98);
}

static void
test_moments (void)
{
  const double cut = 0.87962566103423978;
  double glorot = sqrt (2.0 / 500), he = sqrt (2.0 / 200), lecun = sqrt (1.0 / 200);

  check ("RandomUniform(minval=-0.2, maxval=0.6)", 0.2, 0.8 / sqrt (12), 0.4);
  check ("RandomNormal(mean=1, stddev=0.5)", 1, 0.5, INFINITY);
  check ("TruncatedNormal(mean=1, stddev=0.5)", 1, 0.5 * cut, 1);
  check ("GlorotUniform", 0, glorot, sqrt (3) * glorot);
  check ("GlorotNormal", 0, glorot, 2 * glorot / cut);
  check ("HeUniform", 0, he, sqrt (3) * he);
  check ("HeNormal", 0, he, 2 * he / cut);
  check ("LecunUniform", 0, lecun, sqrt (3) * lecun);
  check ("LecunNormal", 0, lecun, 2 * lecun / cut);
  check ("VarianceScaling(scale=3, mode=fan_out, distribution=untruncated_normal)", 0, sqrt (3.0 / 300), INFINITY);
  check ("VarianceScaling(scale=3, mode=fan_avg, distribution=uniform)", 0, sqrt (3.0 / 250), sqrt (9.0 / 250));
  check ("HeNormal(input_axes=[1], output_axes=[0])", 0, sqrt (2.0 / 300), 2 * sqrt (2.0 / 300) / cut);
}

/* The last two dimensions of a kernel are inputs and outputs, those before it the field. */
static void
test_fans (void)
{
  Moments moments = measure ("HeUniform", &STRATA_SHAPE (3, 3, 16, 32), NULL);

  g_assert_cmpfloat_with_epsilon (moments.most, sqrt (6.0 / (9 * 16)), 0.01);
  moments = measure ("GlorotUniform", &STRATA_SHAPE (1000), NULL);
  g_assert_cmpfloat_with_epsilon (moments.most, sqrt (3.0 / 1000), 0.001);
}

/* Numbers are drawn by several threads, many at a time: the same that come one after the other. */
static void
check_sequence (const char *text,
                double      start,
                double      scale,
                double (*next) (StrataRandom *))
{
  StrataShape shape = STRATA_SHAPE (7, 23, 1009);
  guint n_threads = strata_pool_get_n_threads ();
  StrataRandom random;

  for (guint threads = 1; threads <= 3; threads += 2)
    {
      g_autofree float *numbers = NULL;

      strata_pool_set_n_threads (threads);
      measure (text, &shape, &numbers);
      strata_random_init (&random, 42);
      for (gint64 i = 0; i < strata_shape_get_size (&shape); i++)
        g_assert_cmpfloat (numbers[i], ==, (float) (start + scale * next (&random)));
    }
  strata_pool_set_n_threads (n_threads);
}

static double
next_truncated (StrataRandom *random)
{
  double x;

  do
    x = strata_random_normal (random);
  while (fabs (x) > 2);
  return x;
}

static void
test_sequence (void)
{
  check_sequence ("RandomUniform(minval=-0.25, maxval=0.25)", -0.25, 0.5, strata_random_uniform);
  check_sequence ("RandomNormal(mean=1, stddev=0.5)", 1, 0.5, strata_random_normal);
  check_sequence ("TruncatedNormal(mean=1, stddev=0.5)", 1, 0.5, next_truncated);
}

static void
check_right_angles (const StrataShape *shape,
                    double             gain)
{
  gint64 columns = shape->dims[shape->rank - 1], rows = strata_shape_get_size (shape) / columns;
  gint64 n = MIN (rows, columns);
  g_autofree float *q = NULL;

  measure (gain == 1 ? "Orthogonal" : "Orthogonal(gain=2)", shape, &q);
  for (gint64 i = 0; i < n; i++)
    for (gint64 j = 0; j <= i; j++)
      {
        double product = 0;

        for (gint64 k = 0; k < MAX (rows, columns); k++)
          product += rows >= columns ? (double) q[k * columns + i] * q[k * columns + j]
                                     : (double) q[i * columns + k] * q[j * columns + k];
        g_assert_cmpfloat_with_epsilon (product, i == j ? gain * gain : 0, 2e-5 * gain * gain);
      }
}

static void
test_orthogonal (void)
{
  check_right_angles (&STRATA_SHAPE (5, 5), 1);
  check_right_angles (&STRATA_SHAPE (70, 30), 1);
  check_right_angles (&STRATA_SHAPE (40, 160), 2);
  check_right_angles (&STRATA_SHAPE (3, 3, 8, 100), 1);
}

static void
test_refusals (void)
{
  const char *const texts[] = { "Identity", "Orthogonal", "STFT", "HeNormal(input_axes=[3], output_axes=[0])" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataInitializer) initializer =
        (StrataInitializer *) strata_object_new_from_text (STRATA_KIND_INITIALIZER, texts[i], &error);
      g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (4));

      g_assert_no_error (error);
      g_assert_false (strata_initializer_fill (initializer, tensor, &error));
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/initializers/moments", test_moments);
  g_test_add_func ("/training/initializers/fans", test_fans);
  g_test_add_func ("/training/initializers/sequence", test_sequence);
  g_test_add_func ("/training/initializers/orthogonal", test_orthogonal);
  g_test_add_func ("/training/initializers/refusals", test_refusals);
  return g_test_run ();
}
