/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include <string.h>

#include "io/keras/model-config.h"
#include "layers/symbol.h"
#include "models/array-source.h"
#include "models/functional.h"
#include "models/sequential.h"
#include "tensor/pool.h"
#include "tensor/random.h"
#include "tensor/seed.h"

static StrataTensor *
draw (gint64  rows,
      gint64  columns,
      guint64 seed)
{
  StrataTensor *tensor = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (rows, columns));

  strata_random_fill_normal (seed, 1, 0, strata_tensor_get_floats (tensor), rows * columns);
  return tensor;
}

/* y is 1 where the first number of x is above the second. */
static StrataTensor *
label (StrataTensor *x)
{
  gint64 n = strata_tensor_get_dim (x, 0), width = strata_tensor_get_dim (x, 1);
  StrataTensor *y = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (n));

  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (y)[i] = strata_tensor_get_floats (x)[i * width] > strata_tensor_get_floats (x)[i * width +
                                                                                                             1];
  return y;
}

static void
add (StrataModel *model,
     const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, &error);

  g_assert_no_error (error);
  strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error);
  g_assert_no_error (error);
}

static StrataModel *
make_model (void)
{
  StrataModel *model = strata_sequential_new ("model");
  g_autoptr (GError) error = NULL;

  add (model, "InputLayer(batch_shape=[None, 4])");
  add (model, "Dense(units=16, activation=relu)");
  add (model, "Dropout(rate=0.1)");
  add (model, "Dense(units=2, activation=softmax)");
  strata_model_compile_with (model, "Adam(learning_rate=0.01)", "sparse_categorical_crossentropy", "accuracy", &error);
  g_assert_no_error (error);
  return model;
}

typedef struct
{
  StrataModel *model;
  StrataSource *x, *y;
} Fixture;

static void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (StrataTensor) x = draw (200, 4, 3), y = label (x);

  strata_seed_set (11);
  self->model = make_model ();
  self->x = strata_array_source_new1 (x);
  self->y = strata_array_source_new1 (y);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  g_object_unref (self->model);
  g_object_unref (self->x);
  g_object_unref (self->y);
}

static void
test_learns (Fixture       *self,
             gconstpointer  data)
{
  StrataFit fit = { .x = self->x, .y = self->y, .epochs = 40, .shuffle = TRUE, .seed = 5, .validation_split = 0.2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHistory) history = strata_model_fit (self->model, &fit, &error);
  const double *accuracy, *held_out;
  guint n;

  g_assert_no_error (error);
  g_assert_cmpuint (strata_history_get_n_series (history), ==, 4);
  g_assert_cmpstr (strata_history_get_name (history, 0), ==, "accuracy");
  g_assert_cmpstr (strata_history_get_name (history, 3), ==, "val_loss");
  accuracy = strata_history_get_values (history, "accuracy", &n);
  g_assert_cmpuint (n, ==, 40);
  g_assert_cmpfloat (accuracy[39], >, 0.9);
  held_out = strata_history_get_values (history, "val_accuracy", &n);
  g_assert_cmpfloat (held_out[39], >, 0.8);
}

static void
train_with_threads (guint  n_threads,
                    float *weights)
{
  Fixture fixture;
  g_autoptr (GPtrArray) variables = NULL;
  g_autoptr (GError) error = NULL;
  StrataFit fit = { .epochs = 3, .shuffle = TRUE, .seed = 9, .batch_size = 33 };
  g_autoptr (StrataHistory) history = NULL;

  strata_pool_set_n_threads (n_threads);
  fixture_set_up (&fixture, NULL);
  fit.x = fixture.x;
  fit.y = fixture.y;
  history = strata_model_fit (fixture.model, &fit, &error);
  g_assert_no_error (error);
  variables = strata_layer_dup_weights (STRATA_LAYER (fixture.model));
  memcpy (weights, strata_variable_get_floats (g_ptr_array_index (variables, 0)), 64 * sizeof *weights);
  fixture_tear_down (&fixture, NULL);
}

/* The same bits for a seed, whatever the number of threads. */
static void
test_reproducible (void)
{
  float one[64], two[64], three[64];

  train_with_threads (1, one);
  train_with_threads (2, two);
  train_with_threads (3, three);
  g_assert_cmpmem (one, sizeof one, two, sizeof two);
  g_assert_cmpmem (one, sizeof one, three, sizeof three);
}

static void
expect_error (Fixture         *self,
              const StrataFit *fit,
              const char      *says)
{
  g_autoptr (GError) error = NULL;
  StrataHistory *history = strata_model_fit (self->model, fit, &error);

  g_assert_null (history);
  g_assert_nonnull (error);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_errors (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (StrataTensor) narrow = draw (200, 3, 1), few = draw (10, 4, 1), nan = draw (200, 4, 1);
  g_autoptr (StrataTensor) classes = draw (200, 1, 1);
  g_autoptr (StrataSource) narrow_source = strata_array_source_new1 (narrow);
  g_autoptr (StrataSource) few_source = strata_array_source_new1 (few);
  g_autoptr (StrataSource) nan_source = strata_array_source_new1 (nan);
  g_autoptr (StrataSource) class_source = strata_array_source_new1 (classes);
  g_autoptr (StrataModel) fresh = strata_sequential_new (NULL);
  Fixture uncompiled = { fresh, self->x, self->y };

  strata_tensor_get_floats (nan)[4 * 17 + 2] = NAN;
  strata_tensor_get_floats (classes)[5] = 7;
  for (int i = 6; i < 200; i++)
    strata_tensor_get_floats (classes)[i] = 0;
  for (int i = 0; i < 5; i++)
    strata_tensor_get_floats (classes)[i] = 1;

  expect_error (self, &(StrataFit){ .x = narrow_source, .y = self->y },
                "expects arrays of shape (None, 4), but the data has shape (None, 3)");
  expect_error (self, &(StrataFit){ .x = few_source, .y = self->y }, "there are 10 inputs, but 200 targets");
  expect_error (self, &(StrataFit){ .x = nan_source, .y = self->y }, "NaN (not a number) in sample 17");
  expect_error (self, &(StrataFit){ .x = self->x, .y = class_source },
                "the target of sample 5 is 7, but the model knows classes 0 to 1");
  expect_error (self, &(StrataFit){ .x = self->x, .y = self->y, .validation_split = 1.5 }, "must be from 0 to below 1");
  add (fresh, "Dense(units=2)");
  expect_error (&uncompiled, &(StrataFit){ .x = self->x, .y = self->y }, "must be compiled first");
}

static void
test_evaluate_and_predict (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataLogs) logs = strata_model_evaluate (self->model, self->x, self->y, NULL, 64, &error);
  g_autoptr (GPtrArray) predictions = NULL;
  double loss, accuracy, sum = 0;
  int right = 0;

  g_assert_no_error (error);
  predictions = strata_model_predict (self->model, self->x, 17, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (strata_logs_get (logs, "loss", &loss));
  g_assert_true (strata_logs_get (logs, "accuracy", &accuracy));
  for (gint64 i = 0; i < 200; i++)
    {
      const float *p = strata_tensor_get_floats (g_ptr_array_index (predictions, 0)) + 2 * i;
      float y;

      g_assert_true (strata_source_fill (self->y, 0, &i, 1, STRATA_FLOAT32, &y, NULL));
      sum -= log (p[(int) y]);
      right += (p[1] > p[0]) == (y > 0);
    }
  g_assert_cmpfloat (fabs (sum / 200 - loss), <, 1e-5);
  g_assert_cmpfloat (fabs (right / 200.0 - accuracy), <, 1e-6);
}

/* Two inputs through one shared layer, two outputs. */
/* A weight a step, and steps that a mask leaves out: the loss heeds both, this metric neither, as in Keras. */
/* A linear model after epochs of as many steps, from the same weights. */
static StrataHistory *
fit_steps (Fixture *self,
           gint64   epochs,
           gint64   steps,
           float   *weights)
{
  StrataFit fit = { .x = self->x, .y = self->y, .epochs = epochs, .batch_size = 40, .steps_per_epoch = steps,
                    .validation_x = self->x, .validation_y = self->y, .validation_steps = steps,
                    .validation_freq = 2 };
  g_autoptr (StrataModel) model = STRATA_MODEL (strata_sequential_new ("model"));
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  StrataHistory *history;

  add (model, "InputLayer(batch_shape=[None, 4])");
  add (model, "Dense(units=1, kernel_initializer=ones)");
  strata_model_compile_with (model, "SGD(learning_rate=0.05)", "mse", NULL, &error);
  g_assert_no_error (error);
  history = strata_model_fit (model, &fit, &error);
  g_assert_no_error (error);
  all = strata_layer_dup_weights (STRATA_LAYER (model));
  memcpy (weights, strata_tensor_get_floats (strata_variable_get_tensor (all->pdata[0])), 4 * sizeof (float));
  return history;
}

/* Five batches in epochs of three: three, the two that are left, and from the start again. */
static void
test_steps (Fixture       *self,
            gconstpointer  data)
{
  float whole[4], parts[4];
  g_autoptr (StrataHistory) plain = fit_steps (self, 2, 0, whole), short_ones = fit_steps (self, 4, 3, parts);
  g_autoptr (StrataHistory) long_ones = NULL;
  const double *losses;
  guint n;

  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat (parts[i], ==, whole[i]);
  strata_history_get_values (short_ones, "loss", &n);
  g_assert_cmpuint (n, ==, 4);
  strata_history_get_values (plain, "val_loss", &n);
  g_assert_cmpuint (n, ==, 1);
  losses = strata_history_get_values (short_ones, "val_loss", &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (losses[1], !=, strata_history_get_values (plain, "val_loss", &n)[0]);
  /* There are no more than five. */
  long_ones = fit_steps (self, 2, 9, parts);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat (parts[i], ==, whole[i]);
}

static void
test_step_weights (void)
{
  g_autoptr (StrataModel) model = strata_sequential_new ("steps");
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (5, 3, 2)), y = NULL;
  g_autoptr (StrataTensor) w = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (5, 3));
  g_autoptr (StrataSource) inputs = NULL, targets = NULL, weights = NULL;
  g_autoptr (StrataLogs) logs = NULL;
  g_autoptr (GError) error = NULL;
  double loss = 0, square = 0, value;

  add (model, "InputLayer(batch_shape=[None, 3, 2])");
  add (model, "Masking");
  strata_model_compile_with (model, "SGD", "mse", "RootMeanSquaredError", &error);
  g_assert_no_error (error);
  strata_random_fill_normal (3, 1, 0, strata_tensor_get_floats (x), 30);
  memset (strata_tensor_get_floats (x) + 4, 0, 2 * sizeof (float));
  y = strata_tensor_copy (x);
  for (int i = 0; i < 30; i++)
    strata_tensor_get_floats (y)[i] += 0.1f * (i % 7);
  for (int step = 0; step < 15; step++)
    {
      double own = (pow (0.1 * (2 * step % 7), 2) + pow (0.1 * ((2 * step + 1) % 7), 2)) / 2;
      gboolean masked = step == 2;

      strata_tensor_get_floats (w)[step] = 0.5f * (step % 4);
      square += own / 15;
      /* Of the first batch, two samples of three steps, five steps count. */
      loss += masked ? 0 : own * 0.5 * (step % 4) / 15 * (step < 6 ? 6.0 / 5 : 1);
    }
  inputs = strata_array_source_new1 (x);
  targets = strata_array_source_new1 (y);
  weights = strata_array_source_new1 (w);
  logs = strata_model_evaluate (model, inputs, targets, weights, 2, &error);
  g_assert_no_error (error);
  g_assert_true (strata_logs_get (logs, "loss", &value));
  g_assert_cmpfloat_with_epsilon (value, loss, 1e-5);
  g_assert_true (strata_logs_get (logs, "RootMeanSquaredError", &value));
  g_assert_cmpfloat_with_epsilon (value, sqrt (square), 1e-5);
}

static void
test_functional (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataSymbol) a = strata_input ("a", STRATA_FLOAT32, &STRATA_SHAPE (-1, 4), &error);
  g_autoptr (StrataSymbol) b = strata_input ("b", STRATA_FLOAT32, &STRATA_SHAPE (-1, 4), &error);
  g_autoptr (StrataLayer) shared = strata_layer_new_from_text ("Dense(units=5, activation=relu, name=shared)", &error);
  g_autoptr (StrataLayer) join = strata_layer_new_from_text ("Concatenate(name=join)", &error);
  g_autoptr (StrataLayer) first = strata_layer_new_from_text ("Dense(units=1, name=first)", &error);
  g_autoptr (StrataLayer) second = strata_layer_new_from_text ("Dense(units=2, activation=softmax, name=second)",
                                                               &error);
  g_autoptr (StrataSymbol) left = strata_layer_connect1 (shared, a, &error);
  g_autoptr (StrataSymbol) right = strata_layer_connect1 (shared, b, &error);
  g_autoptr (StrataSymbol) joined = strata_layer_connect (join, (StrataSymbol *[]){ left, right }, 2, &error);
  g_autoptr (StrataSymbol) out1 = strata_layer_connect1 (first, joined, &error);
  g_autoptr (StrataSymbol) out2 = strata_layer_connect1 (second, joined, &error);
  g_autoptr (StrataModel) model = strata_functional_new ((StrataSymbol *[]){ a, b }, 2,
                                                         (StrataSymbol *[]){ out1, out2 }, 2, "two", &error);
  g_autoptr (StrataTensor) x1 = draw (64, 4, 1), x2 = draw (64, 4, 2), y1 = draw (64, 1, 3), y2 = label (x1);
  g_autoptr (StrataSource) x = strata_array_source_new ((StrataTensor *[]){ x1, x2 }, 2, NULL);
  g_autoptr (StrataSource) y = strata_array_source_new ((StrataTensor *[]){ y1, y2 }, 2, NULL);
  g_autoptr (JsonNode) config = NULL;
  g_autoptr (StrataHistory) history = NULL;
  StrataFit fit = { .x = x, .y = y, .epochs = 2 };
  const double *total, *loss1, *loss2;
  guint n;

  g_assert_no_error (error);
  g_assert_cmpint (strata_layer_count_params (STRATA_LAYER (model), FALSE), ==, 25 + 11 + 22);
  g_assert_cmpuint (strata_model_get_n_layers (model), ==, 6);
  config = json_from_string ("{\"optimizer\": \"sgd\", \"loss\": {\"first\": \"mse\", \"second\": \"crossentropy\"},"
                             " \"loss_weights\": {\"first\": 0.5, \"second\": 2}, \"metrics\": {\"second\": "
                             "[\"accuracy\"]}}",
                             NULL);
  g_assert_true (strata_model_compile (model, json_node_get_object (config), &error));
  history = strata_model_fit (model, &fit, &error);
  g_assert_no_error (error);
  total = strata_history_get_values (history, "loss", &n);
  loss1 = strata_history_get_values (history, "first_loss", &n);
  loss2 = strata_history_get_values (history, "second_loss", &n);
  g_assert_nonnull (strata_history_get_values (history, "second_accuracy", &n));
  g_assert_cmpfloat (fabs (total[0] - 0.5 * loss1[0] - 2 * loss2[0]), <, 1e-5);
  g_assert_cmpfloat (total[1], <, total[0]);
}

/* As in Keras, the loss of all is a mean of samples, and those of single outputs are means of batches, or of samples
 * where the model runs eagerly. */
static void
test_uneven_batches (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataSymbol) a = strata_input ("a", STRATA_FLOAT32, &STRATA_SHAPE (-1, 2), &error);
  g_autoptr (StrataLayer) first = strata_layer_new_from_text ("Rescaling(scale=2, name=first)", &error);
  g_autoptr (StrataLayer) second = strata_layer_new_from_text ("Rescaling(scale=-1, name=second)", &error);
  g_autoptr (StrataSymbol) out1 = strata_layer_connect1 (first, a, &error);
  g_autoptr (StrataSymbol) out2 = strata_layer_connect1 (second, a, &error);
  g_autoptr (StrataModel) model = strata_functional_new (&a, 1, (StrataSymbol *[]){ out1, out2 }, 2, "two", &error);
  g_autoptr (StrataTensor) x = strata_tensor_new_floats (&STRATA_SHAPE (3, 2), (const float[]){ 1, 1, 2, 2, 4, 4 });
  g_autoptr (StrataTensor) y = strata_tensor_new_floats (&STRATA_SHAPE (3, 2), (const float[]){ 0, 0, 0, 0, 0, 0 });
  g_autoptr (StrataSource) inputs = strata_array_source_new1 (x);
  g_autoptr (StrataSource) targets = strata_array_source_new ((StrataTensor *[]){ y, y }, 2, NULL);
  g_autoptr (JsonObject) eager = json_object_new ();
  g_autoptr (StrataLogs) logs = NULL, eager_logs = NULL;
  double value;

  g_assert_no_error (error);
  strata_model_compile_with (model, "SGD", "mae", NULL, &error);
  g_assert_no_error (error);
  logs = strata_model_evaluate (model, inputs, targets, NULL, 2, &error);
  g_assert_no_error (error);
  g_assert_true (strata_logs_get (logs, "loss", &value));
  g_assert_cmpfloat_with_epsilon (value, (3 + 6 + 12) / 3.0, 1e-6);
  g_assert_true (strata_logs_get (logs, "first_loss", &value));
  g_assert_cmpfloat_with_epsilon (value, ((2 + 4) / 2.0 + 8) / 2, 1e-6);
  g_assert_true (strata_logs_get (logs, "second_loss", &value));
  g_assert_cmpfloat_with_epsilon (value, ((1 + 2) / 2.0 + 4) / 2, 1e-6);

  json_object_set_string_member (eager, "optimizer", "sgd");
  json_object_set_string_member (eager, "loss", "mae");
  json_object_set_boolean_member (eager, "run_eagerly", TRUE);
  strata_model_compile (model, eager, &error);
  g_assert_no_error (error);
  eager_logs = strata_model_evaluate (model, inputs, targets, NULL, 2, &error);
  g_assert_no_error (error);
  g_assert_true (strata_logs_get (eager_logs, "first_loss", &value));
  g_assert_cmpfloat_with_epsilon (value, (2 + 4 + 8) / 3.0, 1e-6);
}

static void
test_frozen (Fixture       *self,
             gconstpointer  data)
{
  StrataLayer *first = strata_model_get_layer (self->model, 0);
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (first);
  StrataFit fit = { .x = self->x, .y = self->y };
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTensor) before = NULL;
  g_autoptr (StrataHistory) history = NULL;

  strata_layer_set_trainable (first, FALSE);
  before = strata_tensor_copy (strata_variable_get_tensor (g_ptr_array_index (weights, 0)));
  history = strata_model_fit (self->model, &fit, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (strata_tensor_get_data (before), strata_tensor_get_bytes (before),
                   strata_variable_get_floats (g_ptr_array_index (weights, 0)), strata_tensor_get_bytes (before));
}

/* A layer inside a layer is trained as it was told itself, until the outer one is frozen. */
static void
test_frozen_wrapper (void)
{
  g_autoptr (StrataModel) model = strata_sequential_new ("model");
  StrataLayer *layer = STRATA_LAYER (model);

  add (model, "InputLayer(batch_shape=[None, 3, 2])");
  add (model, "TimeDistributed(layer=Dense(units=2), trainable=false)");
  add (model, "Bidirectional(layer=SimpleRNN(units=1, trainable=false))");
  add (model, "SpectralNormalization(layer=Dense(units=3, trainable=false))");
  g_assert_cmpint (strata_layer_count_params (layer, FALSE), ==, 6 + 2 * 4 + 6 + 3 + 3);
  g_assert_cmpint (strata_layer_count_params (layer, TRUE), ==, 6);
  g_assert_cmpint (strata_layer_count_params (strata_model_get_layer (model, 0), TRUE), ==, 0);
  strata_layer_set_trainable (strata_model_get_layer (model, 0), FALSE);
  g_assert_cmpint (strata_layer_count_params (layer, TRUE), ==, 0);
}

/* Keras takes a TimeDistributed through its steps one by one, and each step's penalty is divided by the batch. */
static void
test_penalty_of_steps (void)
{
  static const char *text =
    "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": [{\"class_name\": \"InputLayer\", "
    "\"config\": {\"batch_shape\": [null, 3, 2]}}, {\"class_name\": \"TimeDistributed\", \"config\": {\"name\": \"t\", "
    "\"layer\": {\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": [{\"class_name\": "
    "\"InputLayer\", \"config\": {\"batch_shape\": [null, 2]}}, {\"class_name\": \"ActivityRegularization\", "
    "\"config\": {\"name\": \"r\", \"l2\": 0.5}}]}}}}]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataModel) model = strata_model_from_json (text, -1, "m", &error);
  const float ones[12] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  g_autoptr (StrataTensor) x = strata_tensor_new_floats (&STRATA_SHAPE (2, 3, 2), ones);
  g_autoptr (StrataSource) source = strata_array_source_new1 (x);
  g_autoptr (StrataLogs) logs = NULL;
  double loss;

  g_assert_no_error (error);
  strata_model_compile_with (model, "SGD", "mse", NULL, &error);
  g_assert_no_error (error);
  logs = strata_model_evaluate (model, source, source, NULL, 2, &error);
  g_assert_no_error (error);
  g_assert_true (strata_logs_get (logs, "loss", &loss));
  g_assert_cmpfloat_with_epsilon (loss, 0.5 * 12 / 2, 1e-6);
}

/* What was measured, by phase. */
typedef struct
{
  double seconds[STRATA_N_PHASES];
  guint64 n_measured;
  gboolean knows_layer;
} Measured;

static void
add_measured (const StrataProfileEntry *entry,
              gpointer                  user_data)
{
  Measured *self = user_data;

  if (entry->phase == STRATA_PHASE_BACKWARD && entry->scope != NULL && g_str_has_prefix (entry->scope->name, "dense"))
    self->knows_layer = entry->scope->outer != NULL && g_str_has_prefix (entry->scope->outer->name, "model (");
  self->n_measured = MAX (self->n_measured, entry->phase == STRATA_PHASE_UPDATE ? entry->runs : 0);
  self->seconds[entry->phase] += entry->all_seconds;
}

/* Where the time goes is told by phase and layer, and no more time than there was. */
static void
test_profile (Fixture       *self,
              gconstpointer  data)
{
  StrataFit fit = { .x = self->x, .y = self->y, .epochs = 8, .batch_size = 20, .validation_split = 0.2, .seed = 1 };
  g_autoptr (StrataHistory) history = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  Measured measured = { { 0 } };
  double all = 0;

  strata_model_set_profiling (self->model, 1);
  history = strata_model_fit (self->model, &fit, &error);
  g_assert_no_error (error);
  strata_model_profile (self->model, add_measured, &measured);
  for (guint i = 0; i < STRATA_N_PHASES; i++)
    {
      g_assert_cmpfloat (measured.seconds[i], >, 0);
      all += measured.seconds[i];
    }
  g_assert_cmpfloat (all, <, (g_get_monotonic_time () - start) / 1e6);
  g_assert_true (measured.knows_layer);
  g_assert_cmpuint (measured.n_measured, ==, 64);

  /* After the first 16, one of eight. */
  g_clear_pointer (&history, strata_history_free);
  strata_model_set_profiling (self->model, 8);
  measured = (Measured){ { 0 } };
  history = strata_model_fit (self->model, &fit, &error);
  g_assert_no_error (error);
  strata_model_profile (self->model, add_measured, &measured);
  g_assert_cmpuint (measured.n_measured, ==, 22);
}

static void
test_summary (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *text = strata_model_summary (self->model, 80);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpstr (lines[0], ==, "Model: \"model\"");
  g_assert_cmpstr (lines[1], ==, "┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓");
  g_assert_cmpstr (lines[2], ==, "┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃");
  g_assert_nonnull (strstr (text, "│ (None, 16)             │            80 │\n"));
  g_assert_nonnull (strstr (text, "\n Total params: 114 (456.00 B)\n Trainable params: 114 (456.00 B)\n "
                                  "Non-trainable params: 0 (0.00 B)\n"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

/* What is said of a loss that is not reduced is the mean of its numbers. */
static void
test_unreduced (Fixture       *self,
                gconstpointer  data)
{
  const char *const losses[] = { "SparseCategoricalCrossentropy()", "SparseCategoricalCrossentropy(reduction=none)" };
  double said[2];

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataLogs) logs = NULL;

      strata_model_compile_with (self->model, "SGD()", losses[i], NULL, &error);
      g_assert_no_error (error);
      logs = strata_model_evaluate (self->model, self->x, self->y, NULL, 32, &error);
      g_assert_no_error (error);
      g_assert_true (strata_logs_get (logs, "loss", &said[i]));
    }
  g_assert_cmpfloat_with_epsilon (said[1], said[0], 1e-6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/models/fit/learns", test_learns);
  ADD ("/models/fit/errors", test_errors);
  ADD ("/models/fit/frozen", test_frozen);
  g_test_add_func ("/models/fit/frozen-wrapper", test_frozen_wrapper);
  g_test_add_func ("/models/fit/penalty-of-steps", test_penalty_of_steps);
  ADD ("/models/fit/profile", test_profile);
  ADD ("/models/fit/steps", test_steps);
  ADD ("/models/fit/unreduced", test_unreduced);
  ADD ("/models/evaluate-and-predict", test_evaluate_and_predict);
  ADD ("/models/summary", test_summary);
  g_test_add_func ("/models/fit/reproducible", test_reproducible);
  g_test_add_func ("/models/fit/step-weights", test_step_weights);
  g_test_add_func ("/models/functional", test_functional);
  g_test_add_func ("/models/functional/uneven-batches", test_uneven_batches);
  return g_test_run ();
}
