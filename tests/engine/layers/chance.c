/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Layers that draw numbers: what they draw has the moments and rates that their definitions say. */

#include <math.h>

#include "layers/layer.h"
#include "ops/drawing.h"
#include "ops/shaping.h"

static StrataTensor *
call (const char        *text,
      const StrataShape *shape,
      const float       *numbers,
      gint64             seed)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (seed);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, &error);
  StrataValue *y;

  g_assert_no_error (error);
  y = strata_layer_call_on (layer, b, strata_builder_constant (b, strata_tensor_new_floats (shape, numbers)), TRUE);
  g_assert_true (strata_builder_take_error (b, &error));
  return strata_tensor_ref (y->tensor);
}

/* Half of the images are 0, the others 1. */
static float *
new_halves (gint64 images,
            gint64 size)
{
  float *numbers = g_new (float, images * size);

  for (gint64 i = 0; i < images * size; i++)
    numbers[i] = i / size % 2;
  return numbers;
}

static void
check_near (double actual,
            double expected,
            double most)
{
  if (fabs (actual - expected) > most)
    g_test_message ("%g is not %g", actual, expected);
  g_assert_cmpfloat (fabs (actual - expected), <=, most);
}

/* Means and variances of gamma distributions are their shapes. */
static void
test_gamma (void)
{
  static const double shapes[] = { 0.2, 1, 4.5 };
  const gint64 n = 40000;

  for (guint k = 0; k < G_N_ELEMENTS (shapes); k++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (3);
      StrataValue *alpha = strata_broadcast_to (b, strata_builder_scalar (b, shapes[k]), &STRATA_SHAPE (n));
      StrataValue *drawn = strata_draw_log_gamma (b, alpha, STRATA_NONE_INT);
      double sum = 0, squares = 0;

      for (gint64 i = 0; i < n; i++)
        {
          double x = exp (strata_tensor_get_number (drawn->tensor, i));

          sum += x / n;
          squares += x * x / n;
        }
      check_near (sum, shapes[k], 5 * sqrt (shapes[k] / n));
      check_near (squares - sum * sum, shapes[k], 0.1 * shapes[k] + 0.01);
    }
}

/* An image of zeros becomes the other's share: of a beta distribution where the other is of ones, which half of them
 * are. */
static void
test_mix_up (void)
{
  const gint64 n = 20000;
  g_autofree float *numbers = new_halves (n, 1);
  g_autoptr (StrataTensor) y = call ("MixUp(alpha=0.5)", &STRATA_SHAPE (n, 1, 1, 1), numbers, 1);
  double sum = 0, squares = 0;

  for (gint64 i = 0; i < n; i += 2)
    {
      double x = strata_tensor_get_number (y, i);

      g_assert_true (x >= 0 && x <= 1);
      sum += 2 * x / n;
      squares += 2 * x * x / n;
    }
  check_near (sum, 0.25, 0.02);
  /* E (1 - m)² = 1/4 + 1 / (4 (2 alpha + 1)) */
  check_near (squares, 0.5 * (0.25 + 0.125), 0.02);
}

/* A layer on images of ones and zeros and on labels that are the same numbers; what comes out of both. */
static void
call_labelled (const char    *text,
               gint64         side,
               gint64         n,
               StrataTensor **images,
               StrataTensor **labels)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (4);
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, NULL);
  g_autofree float *pixels = new_halves (n, side * side), *numbers = new_halves (n, 1);
  /* Names are in any order in Keras. */
  StrataValue *inputs[] = { strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (n, 1), numbers)),
                            strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (n, side, side, 1),
                                                                                  pixels)) };
  StrataCall call = { .inputs = inputs, .n_inputs = 2, .training = TRUE };

  strata_layer_call (layer, b, &call);
  g_assert_true (strata_builder_take_error (b, NULL));
  g_assert_cmpuint (call.n_outputs, ==, 2);
  *images = strata_tensor_ref (call.outputs[0]->tensor);
  *labels = strata_tensor_ref (call.outputs[1]->tensor);
}

/* Labels are mixed as their images are, in the same shares; layers that only change images leave them. */
static void
test_labels (void)
{
  const gint64 n = 400, side = 16;
  g_autoptr (StrataTensor) mixed = NULL, mixed_labels = NULL, cut = NULL, cut_labels = NULL, turned = NULL, kept = NULL;
  guint n_changed = 0;

  call_labelled ("MixUp(alpha=0.5)", 1, n, &mixed, &mixed_labels);
  call_labelled ("CutMix", side, n, &cut, &cut_labels);
  call_labelled ("RandomInvert(factor=1, value_range=[0, 1])", side, n, &turned, &kept);
  for (gint64 i = 0; i < n; i++)
    {
      double label = strata_tensor_get_number (cut_labels, i), sum = 0;

      check_near (strata_tensor_get_number (mixed_labels, i), strata_tensor_get_number (mixed, i), 1e-6);
      for (gint64 k = 0; k < side * side; k++)
        sum += strata_tensor_get_number (cut, i * side * side + k) / (side * side);
      /* Whole pixels are cut, so that a border of one may be more or less than the share. */
      check_near (label, sum, 2.5 / side);
      n_changed += label != i % 2;
      g_assert_cmpfloat (strata_tensor_get_number (kept, i), ==, i % 2);
    }
  check_near (n_changed / (double) n, 0.5, 0.15);
}

/* What is patched is a rectangle, of half of the area on the average. */
static void
test_cut_mix (void)
{
  const gint64 n = 2000, side = 8;
  g_autofree float *numbers = new_halves (n, side * side);
  g_autoptr (StrataTensor) y = call ("CutMix(factor=[1, 1])", &STRATA_SHAPE (n, side, side, 1), numbers, 1);
  double sum = 0;

  for (gint64 i = 0; i < n; i += 2)
    {
      const float *image = strata_tensor_get_floats (y) + i * side * side;
      guint rows = 0, columns = 0, covered = 0;

      for (gint64 k = 0; k < side * side; k++)
        {
          g_assert_true (image[k] == 0 || image[k] == 1);
          covered += image[k];
          rows |= image[k] != 0 ? 1u << k / side : 0;
          columns |= image[k] != 0 ? 1u << k % side : 0;
        }
      g_assert_cmpuint (covered, ==, __builtin_popcount (rows) * __builtin_popcount (columns));
      sum += 2.0 * covered / (n * side * side);
    }
  check_near (sum, 0.25, 0.03);
}

static double
count_changed (const char *text)
{
  const gint64 n = 1000, size = 6 * 6;
  g_autofree float *numbers = g_new (float, n * size);
  g_autoptr (StrataTensor) y = NULL;
  guint changed = 0;

  for (gint64 i = 0; i < n * size; i++)
    numbers[i] = (i * 7919 % 251) / 251.0f;
  y = call (text, &STRATA_SHAPE (n, 6, 6, 1), numbers, 5);
  for (gint64 i = 0; i < n; i++)
    {
      gboolean same = TRUE;

      for (gint64 k = 0; k < size; k++)
        same &= strata_tensor_get_floats (y)[i * size + k] == numbers[i * size + k];
      changed += !same;
    }
  return changed / (double) n;
}

/* A factor says how probable it is that an image changes. */
static void
test_factors (void)
{
  check_near (count_changed ("RandomPerspective(factor=[0.3, 0.3], scale=0.5)"), 0.3, 0.06);
  check_near (count_changed ("RandomPerspective(factor=0.4)"), 0.2, 0.06);
  check_near (count_changed ("RandomElasticTransform(factor=[0.3, 0.3], scale=[0.9, 1], value_range=[0, 1])"), 0.3,
              0.06);
  check_near (count_changed ("RandAugment(num_ops=0)"), 0, 0);
}

/* All images of a batch change alike; of many batches, each kind of change happens. */
static void
test_policy (void)
{
  g_autofree float *numbers = g_new (float, 2 * 48);
  guint n_same = 0;
  const guint n = 220;

  for (int i = 0; i < 96; i++)
    numbers[i] = i % 48 * 5;
  for (guint seed = 0; seed < n; seed++)
    {
      g_autoptr (StrataTensor) y = call ("AugMix(num_chains=1, chain_depth=1, factor=[0.9, 1], all_ops=false)",
                                         &STRATA_SHAPE (2, 4, 4, 3), numbers, seed + 1);
      gboolean same = TRUE;

      for (int i = 0; i < 48; i++)
        {
          g_assert_true (isfinite (strata_tensor_get_floats (y)[i]));
          same &= fabsf (strata_tensor_get_floats (y)[i] - numbers[i]) < 1e-2f;
        }
      n_same += same;
    }
  /* None is one of eight; spreading contrast that is spread already changes nothing either. */
  check_near (n_same / (double) n, 1 / 8.0, 0.15);
}

/*
 * What an RNN drops of its inputs, of ones, is the same at each step and makes the
 * unit that reads it zero, whatever the gates do: kernels that only pass inputs on.
 */
static void
test_recurrent_dropout (void)
{
  static const struct { const char *text; int gates, candidate; } layers[] = {
    { "SimpleRNN(units=8, return_sequences=true, dropout=0.4, recurrent_initializer=zeros)", 1, 0 },
    { "LSTM(units=8, return_sequences=true, dropout=0.4, recurrent_initializer=zeros, unit_forget_bias=false)", 4, 2 },
    { "GRU(units=8, return_sequences=true, dropout=0.4, recurrent_initializer=zeros)", 3, 2 },
  };
  const gint64 batch = 500, steps = 3, units = 8;

  for (guint k = 0; k < G_N_ELEMENTS (layers); k++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (k + 1);
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (layers[k].text, NULL);
      g_autoptr (GPtrArray) weights = NULL;
      StrataSpec spec = { STRATA_FLOAT32, STRATA_SHAPE (batch, steps, units) };
      StrataTensor *ones = strata_tensor_new (STRATA_FLOAT32, &spec.shape), *y;
      gint64 width = layers[k].gates * units, dropped = 0;
      float *kernel;

      g_assert_nonnull (layer);
      g_assert_true (strata_layer_build (layer, &spec, 1, NULL));
      weights = strata_layer_dup_weights (layer);
      kernel = strata_variable_get_floats (weights->pdata[0]);
      for (gint64 i = 0; i < units * width; i++)
        kernel[i] = i % width == layers[k].candidate * units + i / width;
      for (gint64 i = 0; i < strata_tensor_get_size (ones); i++)
        strata_tensor_get_floats (ones)[i] = 1;
      y = strata_layer_call_on (layer, b, strata_builder_constant (b, ones), TRUE)->tensor;
      for (gint64 i = 0; i < batch; i++)
        for (gint64 u = 0; u < units; u++)
          {
            const float *first = strata_tensor_get_floats (y) + i * steps * units + u;

            dropped += first[0] == 0;
            for (gint64 t = 1; t < steps; t++)
              g_assert_cmpint (first[t * units] == 0, ==, first[0] == 0);
            if (k == 0 && first[0] != 0)
              check_near (first[0], tanh (1 / 0.6), 1e-4);
          }
      check_near (dropped / (double) (batch * units), 0.4, 0.03);
    }
}

/*
 * What an RNN drops of its states is the same at each step. Gates are made to let the
 * candidate through, which is the input, one at the first step and zero after it, and the
 * state: so each step multiplies a state by its mask, which is 0 or 1 / (1 - rate).
 */
static void
test_recurrent_states (void)
{
  static const struct { const char *text; int gates, candidate, open[2]; } layers[] = {
    { "SimpleRNN(units=8, return_sequences=true, recurrent_dropout=0.4, activation=linear)", 1, 0, { -1, -1 } },
    { "LSTM(units=8, return_sequences=true, recurrent_dropout=0.4, activation=linear, recurrent_activation=linear)", 4,
      2, { 0, 3 } },
    { "GRU(units=8, return_sequences=true, recurrent_dropout=0.4, activation=linear, recurrent_activation=linear)", 3,
      2, { 1, -1 } },
  };
  const gint64 batch = 500, steps = 3, units = 8;

  for (guint k = 0; k < G_N_ELEMENTS (layers); k++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (k + 1);
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (layers[k].text, NULL);
      g_autoptr (GPtrArray) weights = NULL;
      StrataSpec spec = { STRATA_FLOAT32, STRATA_SHAPE (batch, steps, units) };
      StrataTensor *x = strata_tensor_new (STRATA_FLOAT32, &spec.shape), *y;
      gint64 width = layers[k].gates * units, dropped = 0;

      g_assert_nonnull (layer);
      g_assert_true (strata_layer_build (layer, &spec, 1, NULL));
      weights = strata_layer_dup_weights (layer);
      for (int w = 0; w < 2; w++)
        for (gint64 i = 0; i < units * width; i++)
          strata_variable_get_floats (weights->pdata[w])[i] = i % width == layers[k].candidate * units + i / width;
      for (gint64 i = 0; i < width; i++)
        strata_variable_get_floats (weights->pdata[2])[i] = i / units == layers[k].open[0] ||
                                                            i / units == layers[k].open[1];
      for (gint64 i = 0; i < strata_tensor_get_size (x); i++)
        strata_tensor_get_floats (x)[i] = i / units % steps == 0;
      y = strata_layer_call_on (layer, b, strata_builder_constant (b, x), TRUE)->tensor;
      for (gint64 i = 0; i < batch; i++)
        for (gint64 u = 0; u < units; u++)
          {
            const float *first = strata_tensor_get_floats (y) + i * steps * units + u;
            double mask = first[units];

            check_near (first[0], 1, 1e-5);
            check_near (mask, mask == 0 ? 0 : 1 / 0.6, 1e-4);
            check_near (first[2 * units], mask * mask, 1e-3);
            dropped += mask == 0;
          }
      check_near (dropped / (double) (batch * units), 0.4, 0.03);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/chance/gamma", test_gamma);
  g_test_add_func ("/layers/chance/mix-up", test_mix_up);
  g_test_add_func ("/layers/chance/cut-mix", test_cut_mix);
  g_test_add_func ("/layers/chance/labels", test_labels);
  g_test_add_func ("/layers/chance/factors", test_factors);
  g_test_add_func ("/layers/chance/policy", test_policy);
  g_test_add_func ("/layers/chance/recurrent-dropout", test_recurrent_dropout);
  g_test_add_func ("/layers/chance/recurrent-states", test_recurrent_states);
  return g_test_run ();
}
