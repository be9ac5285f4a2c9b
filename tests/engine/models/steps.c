/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "graph/tape.h"
#include "losses/loss.h"
#include "models/array-source.h"
#include "models/model.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

/* Two networks against each other: a judge learns to tell what is real from what the other one makes. Each batch takes
 * two steps of one optimizer and one of the other. The numbers are Keras's: tests/golden/make_two_networks.py. */
#define TYPE_PAIR (pair_get_type ())
G_DECLARE_FINAL_TYPE (Pair, pair, TEST, PAIR, StrataModel)

struct _Pair
{
  StrataModel parent_instance;

  StrataLayer *maker, *features, *verdict;
  StrataOptimizer *maker_optimizer, *judge_optimizer;
  StrataMetric *maker_loss, *judge_loss;
  StrataLoss *loss;
};

G_DEFINE_FINAL_TYPE (Pair, pair, STRATA_TYPE_MODEL)

static StrataValue *
judge (Pair          *self,
       StrataBuilder *b,
       StrataValue   *x,
       double         expected)
{
  StrataValue *features = strata_layer_call_on (self->features, b, x, TRUE);
  StrataValue *verdict = strata_layer_call_on (self->verdict, b, features, TRUE);
  StrataValue *target = strata_broadcast_to (b, strata_builder_scalar (b, expected), &verdict->shape);

  return strata_loss_compute (self->loss, b, target, verdict, NULL, NULL);
}

static StrataValue *
get_real (StrataBuilder *b,
          StrataValue   *x)
{
  return strata_slice (b, x, 1, 0, 2);
}

static StrataValue *
make (Pair          *self,
      StrataBuilder *b,
      StrataValue   *x)
{
  return strata_layer_call_on (self->maker, b, strata_slice (b, x, 1, 2, 3), TRUE);
}

static void
pair_call (StrataLayer   *layer,
           StrataBuilder *b,
           StrataCall    *call)
{
  strata_call_return (call, make (TEST_PAIR (layer), b, call->inputs[0]));
}

static GPtrArray *
dup_judge_weights (Pair *self)
{
  GPtrArray *weights = strata_layer_dup_trainable_weights (self->features);
  g_autoptr (GPtrArray) more = strata_layer_dup_trainable_weights (self->verdict);

  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (weights, strata_variable_ref (g_ptr_array_index (more, i)));
  return weights;
}

static StrataValue *
pair_train_step (StrataModel       *model,
                 StrataBuilder     *b,
                 const StrataBatch *batch)
{
  Pair *self = TEST_PAIR (model);
  StrataValue *x = batch->x[0], *loss = NULL;
  g_autoptr (GPtrArray) judge_weights = NULL, maker_weights = NULL;

  for (int i = 0; i < 2; i++)
    {
      loss = strata_add (b, judge (self, b, get_real (b, x), 1), judge (self, b, make (self, b, x), 0));
      g_clear_pointer (&judge_weights, g_ptr_array_unref);
      judge_weights = dup_judge_weights (self);
      strata_optimizer_minimize (self->judge_optimizer, b, loss, judge_weights);
    }
  strata_metric_update_mean (self->judge_loss, b, loss, NULL);

  loss = judge (self, b, make (self, b, x), 1);
  maker_weights = strata_layer_dup_trainable_weights (self->maker);
  strata_optimizer_minimize (self->maker_optimizer, b, loss, maker_weights);
  strata_metric_update_mean (self->maker_loss, b, loss, NULL);
  return loss;
}

static StrataValue *
pair_test_step (StrataModel       *model,
                StrataBuilder     *b,
                const StrataBatch *batch)
{
  Pair *self = TEST_PAIR (model);
  StrataValue *loss = judge (self, b, make (self, b, batch->x[0]), 1);

  strata_metric_update_mean (self->maker_loss, b, loss, NULL);
  return loss;
}

static void
pair_finalize (GObject *object)
{
  Pair *self = TEST_PAIR (object);

  g_object_unref (self->maker_optimizer);
  g_object_unref (self->judge_optimizer);
  g_object_unref (self->maker_loss);
  g_object_unref (self->judge_loss);
  g_object_unref (self->loss);
  G_OBJECT_CLASS (pair_parent_class)->finalize (object);
}

static void
pair_class_init (PairClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pair_finalize;
  STRATA_LAYER_CLASS (klass)->call = pair_call;
  STRATA_MODEL_CLASS (klass)->train_step = pair_train_step;
  STRATA_MODEL_CLASS (klass)->test_step = pair_test_step;
}

static StrataLayer *
add_layer (Pair       *self,
           const char *attribute,
           const char *text)
{
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text (text, NULL);

  strata_layer_add_child (STRATA_LAYER (self), attribute, layer);
  return layer;
}

static void
pair_init (Pair *self)
{
  self->maker = add_layer (self, "maker", "Dense(units=2, activation=tanh)");
  self->features = add_layer (self, "features", "Dense(units=4, activation=tanh, activity_regularizer=L2(l2=0.01))");
  self->verdict = add_layer (self, "verdict", "Dense(units=1)");
  self->judge_optimizer = (StrataOptimizer *) strata_object_new_from_text (STRATA_KIND_OPTIMIZER,
                                                                           "Adam(learning_rate=0.01)", NULL);
  self->maker_optimizer = (StrataOptimizer *) strata_object_new_from_text (STRATA_KIND_OPTIMIZER,
                                                                           "SGD(learning_rate=0.1)", NULL);
  self->judge_loss = (StrataMetric *) strata_object_new_from_text (STRATA_KIND_METRIC, "Mean(name=judge_loss)", NULL);
  self->maker_loss = (StrataMetric *) strata_object_new_from_text (STRATA_KIND_METRIC, "Mean(name=maker_loss)", NULL);
  self->loss = (StrataLoss *) strata_object_new_from_text (STRATA_KIND_LOSS, "BinaryCrossentropy(from_logits=true)",
                                                           NULL);
  strata_model_add_metric (STRATA_MODEL (self), self->judge_loss);
  strata_model_add_metric (STRATA_MODEL (self), self->maker_loss);
}

static void
fill_wave (StrataTensor *tensor,
           int           phase)
{
  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    strata_tensor_get_floats (tensor)[i] = sin (i * 1.7 + phase) * 0.6;
}

/* Built as Keras's was: each weight is a wave of its own. */
static StrataModel *
new_pair (void)
{
  StrataModel *model = g_object_new (TYPE_PAIR, NULL);
  Pair *self = TEST_PAIR (model);
  StrataLayer *layers[] = { self->maker, self->features, self->verdict };
  gint64 widths[] = { 3, 2, 4 };
  int phase = 0;

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      StrataSpec spec = { STRATA_FLOAT32, STRATA_SHAPE (STRATA_UNKNOWN, widths[i]) };
      g_autoptr (GPtrArray) weights = NULL;

      g_assert_true (strata_layer_build (layers[i], &spec, 1, NULL));
      weights = strata_layer_dup_weights (layers[i]);
      for (guint k = 0; k < weights->len; k++)
        fill_wave (strata_variable_get_tensor (g_ptr_array_index (weights, k)), ++phase);
    }
  return model;
}

static StrataSource *
new_samples (void)
{
  g_autoptr (StrataTensor) x = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (10, 5));

  fill_wave (x, 9);
  return strata_array_source_new1 (x);
}

static void
assert_near (const double *values,
             const double *expected,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (values[i], expected[i], 1e-5);
}

static void
test_two_networks (void)
{
  static const double judge_losses[] = { 1.307353138923645, 1.2897908687591553, 1.291193962097168 };
  static const double maker_losses[] = { 0.745807409286499, 0.7953136563301086, 0.7810236811637878 };
  static const float verdict[] = { -0.7349209785461426f, 0.39965343475341797f, 0.620421826839447f,
                                   -0.5315706133842468f };
  g_autoptr (StrataModel) model = new_pair ();
  g_autoptr (StrataSource) x = new_samples ();
  g_autoptr (StrataHistory) history = NULL;
  g_autoptr (StrataLogs) logs = NULL;
  g_autoptr (JsonObject) config = json_object_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) weights = NULL;
  double loss, value;
  guint n;

  g_assert_true (strata_model_compile (model, config, &error));
  history = strata_model_fit (model, &(StrataFit){ .x = x, .epochs = 3, .batch_size = 4 }, &error);
  g_assert_no_error (error);
  assert_near (strata_history_get_values (history, "judge_loss", &n), judge_losses, 3);
  assert_near (strata_history_get_values (history, "maker_loss", &n), maker_losses, 3);
  weights = strata_layer_dup_weights (TEST_PAIR (model)->verdict);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (
      strata_tensor_get_floats (strata_variable_get_tensor (g_ptr_array_index (weights, 0)))[i], verdict[i], 1e-5);

  /* Nothing of the epochs is left in the metrics, and what the step for tests does not tell stays empty. */
  logs = strata_model_evaluate (model, x, NULL, NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_true (strata_logs_get (logs, "loss", &loss));
  g_assert_true (strata_logs_get (logs, "maker_loss", &value));
  g_assert_cmpfloat_with_epsilon (loss, value, 1e-6);
  g_assert_true (strata_logs_get (logs, "judge_loss", &value));
  g_assert_cmpfloat (value, ==, 0);
}

/* A step that would change nothing, for weights were asked for before there were any, is told of. */
static void
test_no_weights (void)
{
  g_autoptr (StrataTape) tape = strata_tape_new (1);
  StrataBuilder *b = strata_tape_get_builder (tape);
  g_autoptr (StrataLayer) layer = strata_layer_new_from_text ("Dense(units=2)", NULL);
  g_autoptr (GPtrArray) weights = strata_layer_dup_trainable_weights (layer);
  g_autoptr (StrataOptimizer) optimizer =
    (StrataOptimizer *) strata_object_new_from_text (STRATA_KIND_OPTIMIZER, "SGD", NULL);
  g_autoptr (GError) error = NULL;

  strata_optimizer_minimize (optimizer, b, strata_builder_scalar (b, 1), weights);
  g_assert_false (strata_builder_take_error (b, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_STATE);
}

/* Who asks for a comparison must say what with. */
static void
test_no_targets (void)
{
  g_autoptr (StrataModel) model = new_pair ();
  g_autoptr (StrataSource) x = new_samples ();
  g_autoptr (JsonObject) class_weight = json_object_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (strata_model_compile_with (model, "sgd", "mse", NULL, &error));
  g_assert_null (strata_model_fit (model, &(StrataFit){ .x = x }, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, "there are no targets"));
  g_clear_error (&error);

  g_assert_true (strata_model_compile_with (model, "sgd", NULL, NULL, &error));
  g_assert_null (strata_model_fit (model, &(StrataFit){ .x = x, .class_weight = class_weight }, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_VALUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/models/steps/two-networks", test_two_networks);
  g_test_add_func ("/models/steps/no-targets", test_no_targets);
  g_test_add_func ("/models/steps/no-weights", test_no_weights);
  return g_test_run ();
}
