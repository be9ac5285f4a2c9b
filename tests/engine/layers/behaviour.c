/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the samples cannot show: messages for students, states that stay, noise, statistics. */

#include <math.h>
#include <string.h>

#include "graph/gradient.h"
#include "layers/layer.h"
#include "layers/recurrent/rnn-base.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

typedef struct
{
  const char *layer;
  StrataShape inputs[2];
  guint n_inputs;
  const char *words; /* that the message has, apart by | */
} Mistake;

static const Mistake mistakes[] = {
  { "Conv2D(filters=2, kernel_size=3)", { { 2, { -1, 784 } } }, 1, "Conv2D|4 dimensions|(None, 784)|Reshape" },
  { "Conv2D(filters=2, kernel_size=5)", { { 4, { -1, 3, 3, 1 } } }, 1, "5×5|3×3|padding" },
  { "Conv2D(filters=4, kernel_size=1, groups=2)", { { 4, { -1, 3, 3, 3 } } }, 1, "3 channels|2 groups" },
  { "MaxPooling2D(pool_size=4)", { { 4, { -1, 3, 3, 1 } } }, 1, "window of 4|padding" },
  { "Dense(units=3)", { { 1, { -1 } } }, 1, "at least 2|received 1" },
  { "LSTM(units=3)", { { 2, { -1, 5 } } }, 1, "3 dimensions|(None, 5)" },
  { "Add()", { { 2, { -1, 8 } }, { 2, { -1, 6 } } }, 2, "(None, 8)|(None, 6)|Concatenate" },
  { "Concatenate(axis=1)", { { 3, { -1, 4, 2 } }, { 3, { -1, 4, 3 } } }, 2, "axis 1|(None, 4, 3)" },
  { "Dot(axes=1)", { { 2, { -1, 4 } }, { 2, { -1, 5 } } }, 2, "same size|4|5" },
  { "Reshape(target_shape=[3, 5])", { { 2, { -1, 16 } } }, 1, "16 numbers|(None, 3, 5)" },
  { "Permute(dims=[2, 1])", { { 4, { -1, 2, 3, 4 } } }, 1, "2 dimensions|3 after the batch" },
  { "GroupNormalization(groups=4)", { { 2, { -1, 6 } } }, 1, "6 channels|4 groups" },
  { "Cropping1D(cropping=3)", { { 3, { -1, 5, 2 } } }, 1, "smaller cropping" },
  { "GRU(units=3)", { { 3, { -1, 4, 5 } }, { 2, { -1, 2 } } }, 2, "states|(None, 2)" },
  { "LSTM(units=3, stateful=true)", { { 3, { -1, 4, 5 } } }, 1, "batch size" },
  { "LSTM(units=1000000000)", { { 3, { -1, 4, 1 } } }, 1, "recurrent_kernel|no computer|(1000000000, 4000000000)" },
  { "LSTM(units=2000000000)", { { 3, { -1, 4, 1 } } }, 1, "recurrent_kernel|no computer" },
};

static void
test_mistakes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      const Mistake *mistake = &mistakes[i];
      g_auto (GStrv) words = g_strsplit (mistake->words, "|", -1);
      StrataSpec specs[2], outputs[STRATA_MAX_RESULTS];
      g_autoptr (StrataLayer) layer = NULL;
      g_autoptr (GError) error = NULL;
      guint n;

      layer = strata_layer_new_from_text (mistake->layer, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < mistake->n_inputs; k++)
        specs[k] = (StrataSpec){ STRATA_FLOAT32, mistake->inputs[k] };
      g_assert_false (strata_layer_infer (layer, specs, mistake->n_inputs, outputs, &n, &error));
      g_test_message ("%s", error->message);
      for (guint w = 0; words[w] != NULL; w++)
        g_assert_nonnull (strstr (error->message, words[w]));
    }
}

/* Sizes that are not known before there is data leave no more open than they must. */
static void
test_open_sizes (void)
{
  static const struct
  {
    const char *layer;
    StrataShape input, output;
  } cases[] = {
    { "AdaptiveAveragePooling1D(output_size=3)", { 3, { -1, -1, 2 } }, { 3, { -1, 3, 2 } } },
    { "AdaptiveMaxPooling2D(output_size=[3, 2])", { 4, { -1, -1, -1, 5 } }, { 4, { -1, 3, 2, 5 } } },
    { "AdaptiveAveragePooling2D(output_size=[3, 2])", { 4, { -1, 7, -1, 5 } }, { 4, { -1, 3, 2, 5 } } },
    { "AdaptiveMaxPooling2D(output_size=2, data_format=channels_first)", { 4, { -1, 5, -1, -1 } },
      { 4, { -1, 5, 2, 2 } } },
    { "Resizing(height=3, width=2)", { 4, { -1, -1, -1, 5 } }, { 4, { -1, 3, 2, 5 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StrataSpec spec = { STRATA_FLOAT32, cases[i].input }, *outputs = g_newa (StrataSpec, STRATA_MAX_RESULTS);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (cases[i].layer, &error);
      guint n = 0;

      g_assert_no_error (error);
      strata_layer_infer (layer, &spec, 1, outputs, &n, &error);
      g_assert_no_error (error);
      g_assert_true (strata_shape_equal (&outputs[0].shape, &cases[i].output));
    }
}

/* What Keras has and Strata cannot have is refused by name, with what to do. */
static void
test_foreign (void)
{
  static const char *const names[] = { "Highway", "Merge", "RandomHeight", "RandomWidth", "FlaxLayer", "JaxLayer",
                                       "TFSMLayer", "TorchModuleWrapper" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataLayer) layer = strata_layer_new (names[i], NULL, &error);

      g_assert_null (layer);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED);
      g_assert_nonnull (strstr (error->message, names[i]));
    }
}

/* One of the three ways that Keras 2 has for layers with a kernel for each place knows no padding. */
static void
test_implementation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataLayer) layer =
    strata_layer_new_from_text ("LocallyConnected1D(filters=2, kernel_size=3, padding=same)", &error);

  g_assert_null (layer);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "implementation=1"));
}

static StrataTensor *
new_ramp (const StrataShape *shape)
{
  StrataTensor *ramp = strata_tensor_new (STRATA_FLOAT32, shape);

  for (gint64 i = 0; i < strata_tensor_get_size (ramp); i++)
    strata_tensor_get_floats (ramp)[i] = (i % 7 - 3) / 4.0;
  return ramp;
}

static StrataTensor *
call (StrataLayer  *layer,
      StrataTensor *x,
      gboolean      training)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (9);
  StrataValue *y = strata_layer_call_on (layer, b, strata_builder_constant (b, strata_tensor_copy (x)), training);
  g_autoptr (GError) error = NULL;

  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
  return strata_tensor_ref (y->tensor);
}

static double
get_distance (StrataTensor *a,
              StrataTensor *b)
{
  double distance = 0;

  for (gint64 i = 0; i < strata_tensor_get_size (a); i++)
    distance = MAX (distance, fabs (strata_tensor_get_number (a, i) - strata_tensor_get_number (b, i)));
  return distance;
}

/* Steps that do not count may hold anything. */
static void
test_masked_average (void)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (9);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text ("GlobalAveragePooling1D()", &error);
  StrataTensor *x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1, 3, 1));
  StrataTensor *counts = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (1, 3));
  StrataValue *inputs[1], *masks[1];
  StrataCall call = { .inputs = inputs, .masks = masks, .n_inputs = 1 };

  g_assert_no_error (error);
  for (int i = 0; i < 3; i++)
    {
      strata_tensor_get_floats (x)[i] = i < 2 ? 1 + i : NAN;
      strata_tensor_get_floats (counts)[i] = i < 2;
    }
  inputs[0] = strata_builder_constant (b, x);
  masks[0] = strata_cast (b, strata_builder_constant (b, counts), STRATA_BOOL);
  strata_layer_call (layer, b, &call);
  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (strata_tensor_get_floats (call.outputs[0]->tensor)[0], ==, 1.5f);
}

/* A sequence in two halves gives what it gives whole, and a reset begins anew. */
static void
test_stateful (void)
{
  static const char *const classes[] = { "SimpleRNN", "GRU", "LSTM" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s(units=3, stateful=true)", classes[i]);
      g_autofree char *plain = g_strdup_printf ("%s(units=3)", classes[i]);
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, NULL);
      g_autoptr (StrataLayer) twin = strata_layer_new_from_text (plain, NULL);
      g_autoptr (StrataTensor) whole = new_ramp (&STRATA_SHAPE (2, 6, 4)), first = new_ramp (&STRATA_SHAPE (2, 3, 4));
      g_autoptr (StrataTensor) second = new_ramp (&STRATA_SHAPE (2, 3, 4)), expected = NULL, half = NULL, actual = NULL;
      g_autoptr (StrataTensor) again = NULL;
      g_autoptr (GError) error = NULL;

      for (int r = 0; r < 2; r++)
        {
          memcpy (strata_tensor_get_floats (first) + r * 12, strata_tensor_get_floats (whole) + r * 24,
                  12 * sizeof (float));
          memcpy (strata_tensor_get_floats (second) + r * 12, strata_tensor_get_floats (whole) + r * 24 + 12,
                  12 * sizeof (float));
        }
      half = call (layer, first, FALSE);
      strata_tensor_unref (call (twin, whole, FALSE));
      strata_layer_copy_weights (twin, layer, &error);
      g_assert_no_error (error);
      expected = call (twin, whole, FALSE);
      actual = call (layer, second, FALSE);
      g_assert_cmpfloat (get_distance (actual, expected), <, 1e-5);
      strata_rnn_layer_reset_states (layer);
      again = call (layer, first, FALSE);
      g_assert_cmpfloat (get_distance (again, half), <, 1e-6);
    }
}

/* About the right part is dropped, the rest grows; nothing happens outside training. */
static void
test_dropout (void)
{
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text ("Dropout(rate=0.25)", NULL);
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (100, 100)), y = NULL, same = NULL;
  int dropped = 0;

  for (int i = 0; i < 10000; i++)
    strata_tensor_get_floats (x)[i] = 3;
  y = call (layer, x, TRUE);
  same = call (layer, x, FALSE);
  g_assert_cmpfloat (get_distance (x, same), ==, 0);
  for (int i = 0; i < 10000; i++)
    {
      float number = strata_tensor_get_floats (y)[i];

      g_assert_true (number == 0 || fabsf (number - 4) < 1e-5);
      dropped += number == 0;
    }
  g_assert_cmpint (dropped, >, 2300);
  g_assert_cmpint (dropped, <, 2700);
}

/* A gradient of a gradient is right or refused, never silently nothing. */
static void
test_second_order (void)
{
  static const struct
  {
    const char *layer;
    StrataShape shape;
    gboolean known;
  } trials[] = {
    { "Dense(units=3, activation=tanh)", { 2, { 2, 4 } }, TRUE },
    { "Conv1D(filters=2, kernel_size=2)", { 3, { 2, 5, 3 } }, TRUE },
    { "MaxPooling1D()", { 3, { 2, 4, 3 } }, FALSE },
    { "AveragePooling1D(pool_size=2)", { 3, { 2, 4, 3 } }, TRUE },
    { "LSTM(units=3)", { 3, { 2, 4, 3 } }, FALSE },
    { "GRU(units=3)", { 3, { 2, 4, 3 } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (1);
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (trials[i].layer, NULL);
      g_autoptr (GError) error = NULL;
      StrataValue *x = strata_builder_constant (b, new_ramp (&trials[i].shape)), *first = NULL, *second = NULL, *y;

      y = strata_layer_call_on (layer, b, x, FALSE);
      strata_gradient (b, strata_square (b, y), &x, 1, &first);
      g_assert_nonnull (first);
      strata_gradient (b, strata_square (b, first), &x, 1, &second);
      strata_builder_take_error (b, &error);
      g_test_message ("%s: %s", trials[i].layer, error != NULL ? error->message : "has one");
      if (trials[i].known)
        g_assert_no_error (error);
      else
        g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED);
      g_assert_true (!trials[i].known || second != NULL);
    }
}

typedef struct
{
  const char *layer;
  StrataShape shape;
  float value;              /* of every number of the input */
  double mean, deviation;   /* of the output's numbers */
  double part, changed;     /* which part of them is @changed, or 0 for none that is looked for */
} Chance;

/* Means and deviations by the definitions; 20,000 numbers are drawn or more. */
static const Chance chances[] = {
  { "Dropout(rate=0.3)", { 2, { 200, 100 } }, 2, 2, 2 * 0.6547, 0.3, 0 },
  { "GaussianNoise(stddev=0.5)", { 2, { 200, 100 } }, 2, 2, 0.5, 0, 0 },
  { "GaussianDropout(rate=0.2)", { 2, { 200, 100 } }, 2, 2, 2 * 0.5, 0, 0 },
  { "AlphaDropout(rate=0.25)", { 2, { 200, 100 } }, 0, 0, 0.6602, 0, 0 },
  { "SpatialDropout1D(rate=0.4)", { 3, { 200, 5, 100 } }, 3, 3, 3 * 0.8165, 0.4, 0 },
  { "SpatialDropout2D(rate=0.4)", { 4, { 200, 2, 2, 100 } }, 3, 3, 3 * 0.8165, 0.4, 0 },
  { "SpatialDropout3D(rate=0.4)", { 5, { 200, 2, 1, 2, 100 } }, 3, 3, 3 * 0.8165, 0.4, 0 },
  { "RandomInvert(factor=[0.3, 0.3])", { 4, { 20000, 1, 1, 1 } }, 55, 55 + 0.3 * 145, 145 * 0.4583, 0.3, 200 },
  { "RandomErasing(factor=[0.6, 0.6], scale=[1, 1], fill_value=9)", { 4, { 20000, 1, 1, 1 } }, 4, 7, 5 * 0.4899, 0.6,
    9 },
  { "RandomBrightness(factor=0.2, value_range=[0, 10])", { 4, { 20000, 1, 1, 1 } }, 5, 5, 4 / 3.4641, 0, 0 },
  { "RandomColorDegeneration(factor=[0, 1])", { 4, { 20000, 1, 1, 1 } }, 5, 5, 0, 0, 0 },
};

static void
test_chances (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (chances); i++)
    {
      const Chance *chance = &chances[i];
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (chance->layer, NULL);
      g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &chance->shape), y = NULL;
      gint64 n = strata_tensor_get_size (x);
      double sum = 0, squares = 0, changed = 0, mean, spread;

      for (gint64 k = 0; k < n; k++)
        strata_tensor_get_floats (x)[k] = chance->value;
      y = call (layer, x, TRUE);
      for (gint64 k = 0; k < n; k++)
        {
          double number = strata_tensor_get_number (y, k);

          sum += number;
          squares += number * number;
          changed += fabs (number - chance->changed) < 1e-4;
        }
      mean = sum / n;
      spread = sqrt (MAX (squares / n - mean * mean, 0));
      g_test_message ("%s: mean %g, deviation %g, part %g", chance->layer, mean, spread, changed / n);
      /* Four standard errors of 20,000 numbers. */
      g_assert_cmpfloat_with_epsilon (mean, chance->mean, 0.03 * MAX (chance->deviation, 0.01));
      g_assert_cmpfloat_with_epsilon (spread, chance->deviation, 0.03 * MAX (chance->deviation, 0.01));
      if (chance->part > 0)
        g_assert_cmpfloat_with_epsilon (changed / n, chance->part, 0.015);
    }
}

static void
test_adapt (void)
{
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text ("Normalization()", NULL);
  g_autoptr (StrataTensor) data = strata_tensor_new_floats (&STRATA_SHAPE (4, 2),
                                                            (float[]){ 1, 10, 3, 10, 5, 20, 7, 20 }), y = NULL;
  g_autoptr (GError) error = NULL;

  strata_layer_adapt (layer, data, &error);
  g_assert_no_error (error);
  y = call (layer, data, FALSE);
  g_assert_cmpfloat_with_epsilon (strata_tensor_get_number (y, 0), -3 / sqrt (5), 1e-5);
  g_assert_cmpfloat_with_epsilon (strata_tensor_get_number (y, 7), 1, 1e-5);
}

/* Classes whose configs Keras writes by itself: what else is in one, their constructors refuse. */
static void
test_brief_configs (void)
{
  static const char *const expected[][3] = {
    { "SpatialDropout1D", "{\"rate\": 0.2, \"dtype\": \"mixed_float16\"}", "\"float32\"" },
    { "Discretization", "{\"bin_boundaries\": [0, 1]}", "\"float32\"" },
    { "HashedCrossing", "{\"num_bins\": 4, \"dtype\": \"int64\"}", "\"int64\"" },
    { "SpatialDropout1D", "{\"rate\": 0.2, \"dtype\": 5}", "\"float32\"" },
    { "Pipeline", "{\"layers\": []}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) config = json_from_string (expected[i][1], NULL), saved = NULL;
      g_autoptr (StrataObject) layer = strata_object_new (STRATA_KIND_LAYER, expected[i][0],
                                                          json_node_get_object (config), &error);
      JsonObject *object;

      g_assert_no_error (error);
      saved = strata_object_serialize (layer);
      object = json_object_get_object_member (json_node_get_object (saved), "config");
      g_assert_false (json_object_has_member (object, "trainable"));
      g_assert_cmpint (json_object_has_member (object, "dtype"), ==, expected[i][2] != NULL);
      if (expected[i][2] != NULL)
        {
          g_autofree char *dtype = json_to_string (json_object_get_member (object, "dtype"), FALSE);

          g_assert_cmpstr (dtype, ==, expected[i][2]);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layers/mistakes", test_mistakes);
  g_test_add_func ("/layers/open-sizes", test_open_sizes);
  g_test_add_func ("/layers/foreign", test_foreign);
  g_test_add_func ("/layers/implementation", test_implementation);
  g_test_add_func ("/layers/masked-average", test_masked_average);
  g_test_add_func ("/layers/stateful", test_stateful);
  g_test_add_func ("/layers/dropout", test_dropout);
  g_test_add_func ("/layers/second-order", test_second_order);
  g_test_add_func ("/layers/chances", test_chances);
  g_test_add_func ("/layers/adapt", test_adapt);
  g_test_add_func ("/layers/brief-configs", test_brief_configs);
  return g_test_run ();
}
