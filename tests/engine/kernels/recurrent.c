/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/recurrent.h"
#include "kernels/vector-math.h"

#include "check.h"

#define ROWS 3
#define MOST_UNITS 37

/* Gates, c and h of a step, one after the other, and their gradients: what one call reads and writes. */
typedef struct
{
  gint64 units;
  float *gates, *c_before, *given, *kept, *dstates;
} Step;

static double
sigmoid (double x)
{
  return 1 / (1 + exp (-x));
}

static void
step_init (Step   *step,
           GRand  *random,
           gint64  units)
{
  gint64 n = ROWS * units;

  *step = (Step){ units, make_numbers (random, 4 * n), make_numbers (random, n), make_numbers (random, 3 * n),
                  make_numbers (random, 3 * n), make_numbers (random, n) };
}

static void
step_clear (Step *step)
{
  g_free (step->gates);
  g_free (step->c_before);
  g_free (step->given);
  g_free (step->kept);
  g_free (step->dstates);
}

static void
run_lstm (gconstpointer data,
          float        *result)
{
  const Step *step = data;
  gint64 n = ROWS * step->units;

  strata_recurrent_get_kernel ()->lstm (ROWS, step->units, result, step->c_before, result + 4 * n, result + 5 * n);
}

static void
expect_lstm (const Step *step,
             float      *result)
{
  gint64 units = step->units, n = ROWS * units;

  for (gint64 k = 0; k < n; k++)
    {
      float *gates = result + k / units * 4 * units + k % units;
      double i = sigmoid (gates[0]), f = sigmoid (gates[units]), g = tanh (gates[2 * units]), o = sigmoid (gates[3 * units]);
      double c = f * step->c_before[k] + i * g;

      gates[0] = i;
      gates[units] = f;
      gates[2 * units] = g;
      gates[3 * units] = o;
      result[4 * n + k] = c;
      result[5 * n + k] = o * tanh (c);
    }
}

static void
run_lstm_backward (gconstpointer data,
                   float        *result)
{
  const Step *step = data;
  gint64 n = ROWS * step->units;

  strata_recurrent_get_kernel ()->lstm_backward (ROWS, step->units, step->gates, step->c_before, step->given, step->dstates, result,
                                                 result + n, result + 2 * n);
}

static void
expect_lstm_backward (const Step *step,
                      float      *result)
{
  gint64 units = step->units, n = ROWS * units;

  for (gint64 k = 0; k < n; k++)
    {
      gint64 at = k / units * 4 * units + k % units;
      const float *gates = step->gates + at;
      float *dgates = result + 2 * n + at;
      double i = gates[0], f = gates[units], g = gates[2 * units], o = gates[3 * units];
      double shown = tanh (step->given[k]), dh = (double) result[k] + step->dstates[k];
      double dc = result[n + k] + dh * o * (1 - shown * shown);

      result[k] = dh;
      result[n + k] = dc * f;
      dgates[0] = dc * g * i * (1 - i);
      dgates[units] = dc * step->c_before[k] * f * (1 - f);
      dgates[2 * units] = dc * i * (1 - g * g);
      dgates[3 * units] = dh * shown * o * (1 - o);
    }
}

static void
run_gru (gconstpointer data,
         float        *result)
{
  const Step *step = data;

  strata_recurrent_get_kernel ()->gru (ROWS, step->units, step->given, step->kept, step->c_before, result,
                                       result + 4 * ROWS * step->units);
}

static void
expect_gru (const Step *step,
            float      *result)
{
  gint64 units = step->units, n = ROWS * units;

  for (gint64 k = 0; k < n; k++)
    {
      gint64 at = k / units * 3 * units + k % units;
      const float *x = step->given + at, *s = step->kept + at;
      float *gates = result + k / units * 4 * units + k % units;
      double z = sigmoid (x[0] + s[0]), r = sigmoid (x[units] + s[units]), value = tanh (x[2 * units] + r * s[2 * units]);

      gates[0] = z;
      gates[units] = r;
      gates[2 * units] = value;
      gates[3 * units] = s[2 * units];
      result[4 * n + k] = z * step->c_before[k] + (1 - z) * value;
    }
}

static void
run_gru_backward (gconstpointer data,
                  float        *result)
{
  const Step *step = data;
  gint64 n = ROWS * step->units;

  strata_recurrent_get_kernel ()->gru_backward (ROWS, step->units, step->gates, step->c_before, step->dstates, result, result + n,
                                                result + 2 * n, result + 5 * n);
}

static void
expect_gru_backward (const Step *step,
                     float      *result)
{
  gint64 units = step->units, n = ROWS * units;

  for (gint64 k = 0; k < n; k++)
    {
      gint64 at = k / units * 3 * units + k % units;
      const float *gates = step->gates + k / units * 4 * units + k % units;
      float *dx = result + 2 * n + at, *ds = result + 5 * n + at;
      double z = gates[0], r = gates[units], value = gates[2 * units], part = gates[3 * units];
      double dh = (double) result[k] + step->dstates[k], dvalue = dh * (1 - z) * (1 - value * value);

      dx[0] = ds[0] = dh * (step->c_before[k] - value) * z * (1 - z);
      dx[units] = ds[units] = dvalue * part * r * (1 - r);
      dx[2 * units] = dvalue;
      ds[2 * units] = dvalue * r;
      result[n + k] = dh;
      result[k] = dh * z;
    }
}

typedef struct
{
  const char *name;
  gint64 width; /* numbers of the result for each unit of each row */
  Compute run;
  void (*expect) (const Step *step, float *result);
} Case;

/* Units of whole vectors, of parts, and of both. */
static void
test_kernel (gconstpointer data)
{
  const Case *kernel = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (17);

  for (gint64 units = 1; units <= MOST_UNITS; units++)
    {
      gint64 n = kernel->width * ROWS * units;
      g_autofree float *start = make_numbers (random, n), *expected = g_memdup2 (start, n * sizeof (float));
      Step step;

      step_init (&step, random, units);
      kernel->expect (&step, expected);
      check (kernel->run, &step, start, expected, n);
      step_clear (&step);
    }
}

static double
measure_error (StrataVector (*function) (StrataVector),
               double       (*exact) (double),
               gboolean       relative)
{
  double worst = 0;

  for (float x = -12; x <= 12; x += 0.00037f)
    {
      double found = function ((StrataVector) { x })[0], expected = exact (x);

      worst = MAX (worst, fabs (found - expected) / (relative ? MAX (fabs (expected), 1e-30) : 1));
    }
  return worst;
}

static StrataVector
call_tanh (StrataVector x)
{
  return strata_vector_tanh (x);
}

static StrataVector
call_gate (StrataVector x)
{
  return strata_vector_gate (x);
}

static void
test_accuracy (void)
{
  const float wide[] = { -INFINITY, -1e30f, 1e30f, INFINITY };

  g_assert_cmpfloat (measure_error (call_tanh, tanh, TRUE), <, 5e-7);
  g_assert_cmpfloat (measure_error (call_gate, sigmoid, FALSE), <, 3e-7);
  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    g_assert_cmpfloat_with_epsilon (strata_vector_tanh ((StrataVector) { wide[i] })[0], wide[i] > 0 ? 1 : -1, 1e-6);
  g_assert_true (isnan (strata_vector_tanh ((StrataVector) { NAN })[0]));
}

int
main (int   argc,
      char *argv[])
{
  static const Case cases[] = {
    { "lstm", 6, run_lstm, expect_lstm },
    { "lstm-backward", 6, run_lstm_backward, expect_lstm_backward },
    { "gru", 5, run_gru, expect_gru },
    { "gru-backward", 8, run_gru_backward, expect_gru_backward },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recurrent/accuracy", test_accuracy);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/recurrent/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_kernel);
    }
  return g_test_run ();
}
