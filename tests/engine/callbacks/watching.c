/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Callbacks that watch numbers, told of epochs that are made up, against what Keras's do:
 * tests/golden/make_training.py. */

#include "models/array-source.h"
#include "models/sequential.h"

#include "../training/golden.h"

static StrataModel *
make_model (void)
{
  StrataModel *model = strata_sequential_new (NULL);
  const char *const layers[] = { "InputLayer(batch_shape=[None, 1])", "Dense(units=1, use_bias=False)" };
  g_autoptr (StrataTensor) zeros = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (2, 1));
  g_autoptr (StrataSource) x = strata_array_source_new1 (zeros);
  g_autoptr (StrataHistory) history = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autoptr (StrataLayer) layer = strata_layer_new_from_text (layers[i], &error);

      g_assert_no_error (error);
      strata_sequential_add (STRATA_SEQUENTIAL (model), layer, &error);
      g_assert_no_error (error);
    }
  strata_model_compile_with (model, "SGD(learning_rate=0.8)", "mse", "accuracy", &error);
  g_assert_no_error (error);
  history = strata_model_fit (model, &(StrataFit){ .x = x, .y = x }, &error);
  g_assert_no_error (error);
  return model;
}

static float *
get_weight (StrataModel *model)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_weights (STRATA_LAYER (model));

  return strata_variable_get_floats (g_ptr_array_index (weights, 0));
}

static gint64
run_epochs (const GoldenCase *c,
            StrataCallback   *callback,
            StrataModel      *model)
{
  StrataCallbackClass *klass = STRATA_CALLBACK_GET_CLASS (callback);
  JsonArray *values = json_object_get_array_member (c->json, "values");
  JsonArray *rates = json_object_get_array_member (c->json, "rates");
  g_autoptr (GError) error = NULL;

  for (guint epoch = 0; epoch < json_array_get_length (values); epoch++)
    {
      g_autoptr (StrataLogs) logs = strata_logs_new ();
      double rate;

      strata_logs_set (logs, "loss", 1);
      strata_logs_set (logs, json_object_get_string_member (c->json, "key"),
                       json_array_get_double_element (values, epoch));
      *get_weight (model) = epoch;
      klass->epoch_end (callback, model, epoch, logs, &error);
      g_assert_no_error (error);
      rate = strata_optimizer_get_rate (strata_model_get_optimizer (model));
      if (fabs (rate - json_array_get_double_element (rates, epoch)) > 1e-5 * rate)
        golden_fail (c, "the learning rate after epoch %u is %g, Keras's is %g", epoch, rate,
                     json_array_get_double_element (rates, epoch));
      if (strata_model_has_stopped (model))
        return epoch;
    }
  return -1;
}

static void
check_case (const GoldenCase *c)
{
  g_autoptr (StrataCallback) callback = golden_make (c, STRATA_KIND_CALLBACK);
  g_autoptr (StrataModel) model = make_model ();
  StrataCallbackClass *klass = STRATA_CALLBACK_GET_CLASS (callback);
  gint64 expected = json_object_get_null_member (c->json, "stopped")
                    ? -1 : json_object_get_int_member (c->json, "stopped"), stopped;
  g_autoptr (StrataLogs) logs = strata_logs_new ();
  g_autoptr (GError) error = NULL;

  klass->train_begin (callback, model, &error);
  g_assert_no_error (error);
  stopped = run_epochs (c, callback, model);
  if (stopped != expected)
    golden_fail (c, "it stopped after epoch %d, Keras's after %d", (int) stopped, (int) expected);
  if (klass->train_end != NULL)
    klass->train_end (callback, model, logs, &error);
  g_assert_no_error (error);
  if (*get_weight (model) != json_object_get_double_member (c->json, "weight"))
    golden_fail (c, "the weights are those of epoch %g, Keras's of %g", *get_weight (model),
                 json_object_get_double_member (c->json, "weight"));
}

static void
test_golden (void)
{
  golden_run ("callbacks.json", check_case);
}

static StrataCallback *
make (const char *text)
{
  g_autoptr (GError) error = NULL;
  StrataCallback *callback = (StrataCallback *) strata_object_new_from_text (STRATA_KIND_CALLBACK, text, &error);

  g_assert_no_error (error);
  return callback;
}

/* A misspelled name is told at the first epoch, not passed over until the end. */
static void
test_unknown_name (void)
{
  const char *const texts[] = { "EarlyStopping(monitor=val_los)", "ReduceLROnPlateau(monitor=acuracy)" };
  g_autoptr (StrataModel) model = make_model ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (StrataCallback) callback = make (texts[i]);
      g_autoptr (StrataLogs) logs = strata_logs_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (STRATA_CALLBACK_GET_CLASS (callback)->epoch_end (callback, model, 0, logs, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NAME);
    }
}

static void
test_nan (void)
{
  g_autoptr (StrataModel) model = make_model ();
  g_autoptr (StrataCallback) quiet = make ("TerminateOnNaN"), loud = make ("TerminateOnNaN(raise_error=True)");
  g_autoptr (StrataLogs) logs = strata_logs_new ();
  g_autoptr (GError) error = NULL;

  strata_logs_set (logs, "loss", 1);
  g_assert_true (STRATA_CALLBACK_GET_CLASS (quiet)->batch_end (quiet, model, 0, logs, &error));
  g_assert_false (strata_model_has_stopped (model));
  strata_logs_set (logs, "loss", INFINITY);
  g_assert_true (STRATA_CALLBACK_GET_CLASS (quiet)->batch_end (quiet, model, 1, logs, &error));
  g_assert_true (strata_model_has_stopped (model));
  strata_logs_set (logs, "loss", NAN);
  g_assert_false (STRATA_CALLBACK_GET_CLASS (loud)->batch_end (loud, model, 1, logs, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DATA);
}

/* What Keras has and what is done otherwise here is refused with what to do in its place. */
static void
test_foreign (void)
{
  static const struct { const char *text, *advice; } trials[] = {
    { "ProgbarLogger", "by themselves" }, { "History", "--history" }, { "CallbackList", "one by one" },
    { "OrbaxCheckpoint", "ModelCheckpoint" },
    { "TensorBoard(profile_batch=5)", "bench --profile" }, { "TensorBoard(profile_batch=[5, 8])", "bench --profile" },
  };
  g_autoptr (StrataCallback) plain = make ("TensorBoard(profile_batch=0)");

  g_assert_nonnull (plain);
  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (strata_object_new_from_text (STRATA_KIND_CALLBACK, trials[i].text, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_UNSUPPORTED);
      g_assert_nonnull (strstr (error->message, trials[i].advice));
    }
}

/* The rate of each epoch is set before it and told in its logs. */
static void
test_scheduler (void)
{
  g_autoptr (StrataModel) model = make_model ();
  g_autoptr (StrataTensor) zeros = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (2, 1));
  g_autoptr (StrataSource) x = strata_array_source_new1 (zeros);
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StrataHistory) history = NULL;
  g_autoptr (GError) error = NULL;
  const double *rates;
  guint n;

  g_ptr_array_add (callbacks, make ("LearningRateScheduler(schedule=ExponentialDecay(initial_learning_rate=0.4, "
                                    "decay_steps=1, decay_rate=0.5))"));
  history = strata_model_fit (model, &(StrataFit){ .x = x, .y = x, .epochs = 3, .callbacks = callbacks }, &error);
  g_assert_no_error (error);
  rates = strata_history_get_values (history, "learning_rate", &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpfloat_with_epsilon (rates[0], 0.4, 1e-6);
  g_assert_cmpfloat_with_epsilon (rates[2], 0.1, 1e-6);
}

/* Of several optimizers, each has a rate: they go down together, and are told by name. */
static void
test_several_rates (void)
{
  g_autoptr (StrataModel) model = make_model ();
  g_autoptr (StrataTensor) zeros = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (2, 1));
  g_autoptr (StrataSource) x = strata_array_source_new1 (zeros);
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StrataHistory) history = NULL;
  g_autoptr (JsonNode) config = NULL;
  g_autoptr (GError) error = NULL;
  static const struct { const char *name; double rates[3]; } expected[] =
    { { "learning_rate_sgd", { 0.4, 0.2, 0.1 } }, { "learning_rate_adam", { 0.2, 0.1, 0.1 } } };

  config = json_from_string ("{\"loss\": \"mse\", \"optimizer\": {\"class_name\": \"MultiOptimizer\", \"config\": "
                             "{\"optimizer_map\": {"
                             "\"default_optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.2}},"
                             "\"optimizer_map\": {\"nothing\": {\"class_name\": \"SGD\", \"config\": "
                             "{\"learning_rate\": 0.4}}}}}}}", NULL);
  strata_model_compile (model, json_node_get_object (config), &error);
  g_assert_no_error (error);
  g_ptr_array_add (callbacks,
                   make ("ReduceLROnPlateau(monitor=loss, patience=1, factor=0.5, min_delta=100, min_lr=0.1)"));
  history = strata_model_fit (model, &(StrataFit){ .x = x, .y = x, .epochs = 4, .callbacks = callbacks }, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint n;
      const double *rates = strata_history_get_values (history, expected[i].name, &n);

      g_assert_cmpuint (n, ==, 4);
      /* The first epoch is the best there is; a rate is told before it goes down. */
      for (guint k = 0; k < 3; k++)
        g_assert_cmpfloat_with_epsilon (rates[k + 1], expected[i].rates[k], 1e-6);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/callbacks/watching/golden", test_golden);
  g_test_add_func ("/callbacks/watching/unknown-name", test_unknown_name);
  g_test_add_func ("/callbacks/watching/nan", test_nan);
  g_test_add_func ("/callbacks/watching/foreign", test_foreign);
  g_test_add_func ("/callbacks/watching/scheduler", test_scheduler);
  g_test_add_func ("/callbacks/watching/several-rates", test_several_rates);
  return g_test_run ();
}
