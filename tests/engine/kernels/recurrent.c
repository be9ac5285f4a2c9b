/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/recurrent.h"
#include "kernels/vector-math.h"

#include "check.h"

#define MOST_UNITS 37

/* What a step reads, and, one after the other in the result, what it reads and writes. Kernels are those of up to four
 * gates. */
typedef struct
{
  gint64 rows, units;
  float *kernel, *bias, *gates, *given, *after, *c_before, *c, *h_before, *dstates;
  gboolean last; /* backward: no step comes after, and nothing is passed by */
} Step;

static double
sigmoid (double x)
{
  return 1 / (1 + exp (-x));
}

static void
step_init (Step   *step,
           GRand  *random,
           gint64  rows,
           gint64  units)
{
  gint64 n = rows * units;

  *step = (Step){ rows, units };
  step->kernel = make_numbers (random, 4 * units * units);
  step->bias = make_numbers (random, 4 * units);
  step->gates = make_numbers (random, 4 * n);
  step->given = make_numbers (random, 4 * n);
  step->after = make_numbers (random, 4 * n);
  step->c_before = make_numbers (random, n);
  step->c = make_numbers (random, n);
  step->h_before = make_numbers (random, n);
  step->dstates = make_numbers (random, n);
  for (gint64 i = 0; i < 4 * units * units; i++)
    step->kernel[i] /= MAX (1, units / 8);
}

static void
step_clear (Step *step)
{
  float *const all[] = { step->kernel, step->bias, step->gates, step->given, step->after, step->c_before, step->c,
                         step->h_before, step->dstates };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

static float *
pack (const Step *step,
      int         n_gates,
      gboolean    back)
{
  const StrataRecurrentKernel *kernel = strata_recurrent_get_kernel ();
  float *packed = g_new (float, strata_recurrent_get_packed_size (step->units, n_gates));

  (back ? kernel->pack_back : kernel->pack) (step->units, n_gates, step->kernel, packed);
  return packed;
}

/* What the state before adds to gate @gate of unit @k % units. */
static double
recur (const Step *step,
       gint64      k,
       gint64      gate,
       gint64      n_gates)
{
  gint64 units = step->units;
  double sum = 0;

  for (gint64 i = 0; i < units; i++)
    sum += (double) step->h_before[k / units * units + i] * step->kernel[(i * n_gates + gate) * units + k % units];
  return sum;
}

/* What the gates of the step after add to the gradient of state @k. */
static double
recur_back (const Step *step,
            gint64      k,
            gint64      n_gates)
{
  gint64 width = n_gates * step->units;
  double sum = 0;

  for (gint64 i = 0; i < width && !step->last; i++)
    sum += (double) step->after[k / step->units * width + i] * step->kernel[k % step->units * width + i];
  return sum;
}

/* Gates, c and h; what is given is where the gates go. */
static void
run_lstm (gconstpointer data,
          float        *result)
{
  const Step *step = data;
  gint64 n = step->rows * step->units;
  g_autofree float *packed = pack (step, 4, FALSE);
  StrataLstmStep lstm = { step->rows, step->units, packed, result, step->h_before, step->c_before, result,
                          result + 4 * n, result + 5 * n };

  strata_recurrent_get_kernel ()->lstm (&lstm);
}

static void
expect_lstm (const Step *step,
             float      *result)
{
  gint64 units = step->units, n = step->rows * units;

  for (gint64 k = 0; k < n; k++)
    {
      float *gates = result + k / units * 4 * units + k % units;
      double i = sigmoid (gates[0] + recur (step, k, 0, 4)), f = sigmoid (gates[units] + recur (step, k, 1, 4));
      double g = tanh (gates[2 * units] + recur (step, k, 2, 4));
      double o = sigmoid (gates[3 * units] + recur (step, k, 3, 4));
      double c = f * step->c_before[k] + i * g;

      gates[0] = i;
      gates[units] = f;
      gates[2 * units] = g;
      gates[3 * units] = o;
      result[4 * n + k] = c;
      result[5 * n + k] = o * tanh (c);
    }
}

/* Gradients of h, c and what went into the gates. */
static void
run_lstm_backward (gconstpointer data,
                   float        *result)
{
  const Step *step = data;
  gint64 n = step->rows * step->units;
  g_autofree float *packed = pack (step, 4, TRUE);
  StrataLstmBackward back = { step->rows, step->units, packed, step->last ? NULL : step->after, step->gates,
                              step->c_before, step->c,
                              step->dstates, step->last ? NULL : result, result + n, result + 2 * n };

  strata_recurrent_get_kernel ()->lstm_backward (&back);
}

static void
expect_lstm_backward (const Step *step,
                      float      *result)
{
  gint64 units = step->units, n = step->rows * units;

  for (gint64 k = 0; k < n; k++)
    {
      gint64 at = k / units * 4 * units + k % units;
      const float *gates = step->gates + at;
      float *dgates = result + 2 * n + at;
      double i = gates[0], f = gates[units], g = gates[2 * units], o = gates[3 * units], shown = tanh (step->c[k]);
      double dh = (step->last ? 0 : (double) result[k]) + step->dstates[k] + recur_back (step, k, 4);
      double dc = result[n + k] + dh * o * (1 - shown * shown);

      if (!step->last)
        result[k] = dh;
      result[n + k] = dc * f;
      dgates[0] = dc * g * i * (1 - i);
      dgates[units] = dc * step->c_before[k] * f * (1 - f);
      dgates[2 * units] = dc * i * (1 - g * g);
      dgates[3 * units] = dh * shown * o * (1 - o);
    }
}

/* Gates and h. */
static void
run_gru (gconstpointer data,
         float        *result)
{
  const Step *step = data;
  g_autofree float *packed = pack (step, 3, FALSE);
  StrataGruStep gru = { step->rows, step->units, packed, step->given, step->bias, step->h_before, result,
                        result + 4 * step->rows * step->units };

  strata_recurrent_get_kernel ()->gru (&gru);
}

static void
expect_gru (const Step *step,
            float      *result)
{
  gint64 units = step->units, n = step->rows * units;

  for (gint64 k = 0; k < n; k++)
    {
      const float *x = step->given + k / units * 3 * units + k % units, *bias = step->bias + k % units;
      float *gates = result + k / units * 4 * units + k % units;
      double state = bias[2 * units] + recur (step, k, 2, 3), z = sigmoid (x[0] + bias[0] + recur (step, k, 0, 3));
      double r = sigmoid (x[units] + bias[units] + recur (step, k, 1, 3)), value = tanh (x[2 * units] + r * state);

      gates[0] = z;
      gates[units] = r;
      gates[2 * units] = value;
      gates[3 * units] = state;
      result[4 * n + k] = z * step->h_before[k] + (1 - z) * value;
    }
}

/* Gradients of h, all that comes to it, and those of what input and state add. */
static void
run_gru_backward (gconstpointer data,
                  float        *result)
{
  const Step *step = data;
  gint64 n = step->rows * step->units;
  g_autofree float *packed = pack (step, 3, TRUE);
  StrataGruBackward back = { step->rows, step->units, packed, step->last ? NULL : step->after, step->gates,
                             step->h_before, step->dstates,
                             result, step->last ? NULL : result + n, result + 2 * n, result + 5 * n };

  strata_recurrent_get_kernel ()->gru_backward (&back);
}

static void
expect_gru_backward (const Step *step,
                     float      *result)
{
  gint64 units = step->units, n = step->rows * units;

  for (gint64 k = 0; k < n; k++)
    {
      gint64 at = k / units * 3 * units + k % units;
      const float *gates = step->gates + k / units * 4 * units + k % units;
      float *dx = result + 2 * n + at, *ds = result + 5 * n + at;
      double z = gates[0], r = gates[units], value = gates[2 * units], part = gates[3 * units];
      double dh = (double) result[k] + step->dstates[k] + recur_back (step, k, 3);
      double dvalue = dh * (1 - z) * (1 - value * value);

      dx[0] = ds[0] = dh * (step->h_before[k] - value) * z * (1 - z);
      dx[units] = ds[units] = dvalue * part * r * (1 - r);
      dx[2 * units] = dvalue;
      ds[2 * units] = dvalue * r;
      if (!step->last)
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

static void
test_step (const Case *kernel,
           GRand      *random,
           gint64      rows,
           gint64      units,
           gboolean    last)
{
  gint64 n = kernel->width * rows * units;
  g_autofree float *start = make_numbers (random, n), *expected = g_memdup2 (start, n * sizeof (float));
  Step step;

  step_init (&step, random, rows, units);
  step.last = last;
  kernel->expect (&step, expected);
  check (kernel->run, &step, start, expected, n);
  step_clear (&step);
}

/* Units of whole vectors, of parts, and of both; as many rows as a tile has and others; sums longer than stay in the
 * cache. */
static void
test_kernel (gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (17);

  for (gint64 units = 1; units <= MOST_UNITS; units++)
    test_step (data, random, 1 + units % STRATA_RECURRENT_ROWS, units, units % 3 == 0);
  for (gint64 rows = 1; rows <= STRATA_RECURRENT_ROWS; rows++)
    test_step (data, random, rows, 19, FALSE);
  test_step (data, random, 2, 530, FALSE);
}

/* Gates are open or shut, and nothing else, where sums leave all bounds. */
static void
test_extremes (void)
{
  static const float extremes[] = { -INFINITY, -1e30f, -1e4f, -100, -90, 90, 100, 1e4f, 1e30f, INFINITY };
  enum { ROWS = 3, UNITS = 19, N = ROWS * UNITS };
  g_autoptr (GRand) random = g_rand_new_with_seed (19);
  g_autofree float *start = make_numbers (random, 6 * N), *expected = NULL;
  Step step;

  for (gint64 i = 0; i < 4 * N; i++)
    start[i] = extremes[i % G_N_ELEMENTS (extremes)];
  expected = g_memdup2 (start, 6 * N * sizeof (float));
  step_init (&step, random, ROWS, UNITS);
  expect_lstm (&step, expected);
  check (run_lstm, &step, start, expected, 6 * N);
  step_clear (&step);
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
  g_test_add_func ("/recurrent/extremes", test_extremes);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/recurrent/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_kernel);
    }
  return g_test_run ();
}
