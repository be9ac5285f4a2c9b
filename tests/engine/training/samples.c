/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Runs everything that training registers, with each of its sample configs. */

#include <string.h>

#include "activations/activation.h"
#include "base/registry.h"
#include "constraints/constraint.h"
#include "initializers/initializer.h"
#include "losses/loss.h"
#include "metrics/metric.h"
#include "ops/narrow.h"
#include "optimizers/optimizer.h"
#include "regularizers/regularizer.h"

#include "../gradient-check.h"

typedef void (*SampleFunc) (StrataObject *object, const char *sample);

static StrataObject *
make (StrataKind  kind,
      const char *name,
      const char *sample)
{
  g_autoptr (JsonNode) node = json_from_string (sample, NULL);
  g_autoptr (GError) error = NULL;
  StrataObject *object;

  g_assert_nonnull (node);
  object = strata_object_new (kind, name, json_node_get_object (node), &error);
  g_assert_no_error (error);
  return object;
}

static void
check_round_trip (StrataKind    kind,
                  StrataObject *object)
{
  g_autoptr (JsonNode) saved = strata_object_serialize (object), again = NULL;
  g_autoptr (StrataObject) copy = NULL;
  g_autoptr (GError) error = NULL;

  copy = strata_object_deserialize (kind, saved, &error);
  g_assert_no_error (error);
  again = strata_object_serialize (copy);
  if (!json_node_equal (saved, again))
    {
      g_autofree char *first = json_to_string (saved, FALSE), *second = json_to_string (again, FALSE);

      g_error ("%s became %s", first, second);
    }
}

static void
check_words (StrataKind              kind,
             const StrataObjectInfo *info)
{
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));

  g_assert_nonnull (info->title);
  g_assert_nonnull (info->description);
  g_assert_false (g_str_has_suffix (info->description, "."));
  for (guint i = 0; i < klass->params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (klass->params, i);

      g_assert_nonnull (param->title);
      g_assert_nonnull (param->description);
    }
  g_type_class_unref (klass);
}

static void
for_each (StrataKind kind,
          SampleFunc func)
{
  const StrataObjectInfo *const *table = strata_registry_list (kind);
  const char *const none[] = { "{}", NULL };

  for (guint i = 0; table[i] != NULL; i++)
    {
      const char *const *samples = table[i]->samples != NULL ? table[i]->samples : none;

      check_words (kind, table[i]);
      for (guint s = 0; samples[s] != NULL; s++)
        {
          g_autoptr (StrataObject) object = make (kind, table[i]->name, samples[s]);

          g_test_message ("%s %s", table[i]->name, samples[s]);
          check_round_trip (kind, object);
          if (func != NULL)
            func (object, samples[s]);
        }
    }
}

static StrataTensor *
draw (const StrataShape *shape,
      double             low,
      double             high,
      guint64            seed)
{
  StrataTensor *tensor = strata_tensor_new (STRATA_FLOAT32, shape);
  StrataRandom random;

  strata_random_init (&random, seed);
  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    strata_tensor_get_floats (tensor)[i] = low + (high - low) * strata_random_uniform (&random);
  return tensor;
}

/* Class numbers, in turn; one-hot where there is a dimension more. */
static StrataTensor *
make_targets (const StrataShape *shape,
              gint64             n_classes)
{
  StrataTensor *tensor = strata_tensor_new (STRATA_FLOAT32, shape);

  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    strata_tensor_get_floats (tensor)[i] = shape->rank == 1 ? i * 2 % n_classes
                                                            : (i / n_classes) * 2 % n_classes == i % n_classes;
  return tensor;
}

typedef struct
{
  StrataObject *object;
  StrataTensor *y_true;
} Differentiated;

static void
compute_loss (StrataBuilder       *b,
              StrataTensor *const *tensors,
              GPtrArray           *outputs,
              GPtrArray           *wrt,
              gpointer             data)
{
  Differentiated *self = data;
  StrataValue *y_pred = strata_builder_constant (b, strata_tensor_copy (tensors[0]));

  g_ptr_array_add (wrt, y_pred);
  g_ptr_array_add (outputs, strata_loss_compute (STRATA_LOSS (self->object), b,
                                                 strata_builder_constant (b, strata_tensor_ref (self->y_true)),
                                                 y_pred, NULL, NULL));
}

static void
check_loss (StrataObject *object,
            const char   *sample)
{
  gboolean is_ctc = g_str_equal (strata_object_get_class_name (object), "CTC");
  StrataShape shape = is_ctc ? STRATA_SHAPE (2, 6, 4) : STRATA_SHAPE (5, 3);
  g_autoptr (StrataTensor) y_pred = draw (&shape, 0.15, 0.85, 3), y_true = NULL;
  Differentiated data = { .object = object };

  if (is_ctc)
    y_true = strata_tensor_new_floats (&STRATA_SHAPE (2, 3), (const float[]){ 1, 2, 2, 3, 0, 0 });
  else
    y_true = make_targets (STRATA_LOSS_GET_CLASS (object)->sparse ? &STRATA_SHAPE (5) : &shape, 3);
  data.y_true = y_true;
  g_assert_cmpfloat (gradient_check (compute_loss, &data, &y_pred, 1, 1), <, GRADIENT_TOLERANCE);
  g_assert_nonnull (strata_loss_get_name (STRATA_LOSS (object)));
}

static void
test_losses (void)
{
  for_each (STRATA_KIND_LOSS, check_loss);
}

static void
apply (StrataBuilder       *b,
       StrataTensor *const *tensors,
       GPtrArray           *outputs,
       GPtrArray           *wrt,
       gpointer             data)
{
  StrataObject *object = data;
  StrataValue *x = strata_builder_constant (b, strata_tensor_copy (tensors[0]));

  g_ptr_array_add (wrt, x);
  if (STRATA_IS_ACTIVATION (object))
    g_ptr_array_add (outputs, strata_activation_apply (STRATA_ACTIVATION (object), b, x));
  else
    g_ptr_array_add (outputs, strata_regularizer_penalty (STRATA_REGULARIZER (object), b, x));
}

static void
check_function (StrataObject *object,
                const char   *sample)
{
  g_autoptr (StrataTensor) x = draw (&STRATA_SHAPE (3, 4), -2, 2, 5);

  /* Without any penalty there is no gradient to compare. */
  if (g_str_equal (strata_object_get_class_name (object), "L1L2") && g_str_equal (sample, "{}"))
    return;
  g_assert_cmpfloat (gradient_check (apply, object, &x, 1, 1), <, GRADIENT_TOLERANCE);
}

static void
test_activations (void)
{
  for_each (STRATA_KIND_ACTIVATION, check_function);
}

static void
test_regularizers (void)
{
  for_each (STRATA_KIND_REGULARIZER, check_function);
}

/* Applied twice a strict constraint must do no more than once. */
static void
check_constraint (StrataObject *object,
                  const char   *sample)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  g_autoptr (StrataTensor) x = draw (&STRATA_SHAPE (3, 4), -2, 2, 5);
  StrataValue *once = strata_constraint_apply (STRATA_CONSTRAINT (object), b,
                                               strata_builder_constant (b, strata_tensor_ref (x)));
  StrataValue *twice = strata_constraint_apply (STRATA_CONSTRAINT (object), b, once);

  g_assert_false (strata_builder_has_failed (b));
  for (gint64 i = 0; i < strata_tensor_get_size (x) && strstr (sample, "rate") == NULL; i++)
    g_assert_cmpfloat_with_epsilon (strata_tensor_get_number (once->tensor, i),
                                    strata_tensor_get_number (twice->tensor, i), 1e-5);
}

static void
test_constraints (void)
{
  for_each (STRATA_KIND_CONSTRAINT, check_constraint);
}

static void
update (StrataMetric *metric,
        StrataTensor *y_true,
        StrataTensor *y_pred)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  g_autoptr (GError) error = NULL;

  strata_metric_build (metric, strata_tensor_get_shape (y_pred), &error);
  g_assert_no_error (error);
  strata_metric_update (metric, b, strata_builder_constant (b, strata_tensor_ref (y_true)),
                        strata_builder_constant (b, strata_tensor_ref (y_pred)), NULL);
  strata_builder_take_error (b, &error);
  g_assert_no_error (error);
}

/* Whether targets are class numbers: of those that need not fit, and whose config does not say one-hot. */
static gboolean
takes_labels (StrataObject *object)
{
  const char *name = strata_object_get_class_name (object);

  return g_str_has_prefix (name, "Sparse") || g_str_equal (name, "IoU") || g_str_equal (name, "MeanIoU");
}

/* A result is a number, the same after the state was emptied, and lies between those of its batches for means. */
static void
check_metric (StrataObject *object,
              const char   *sample)
{
  StrataMetric *metric = STRATA_METRIC (object);
  gboolean labels = takes_labels (object);
  gboolean flat = labels && strstr (object ? strata_object_get_class_name (object) : "", "IoU") != NULL &&
                  strstr (sample, "sparse_y_pred") == NULL;
  StrataShape shape = STRATA_SHAPE (6, 3);
  g_autoptr (StrataTensor) y_pred = flat ? make_targets (&STRATA_SHAPE (6), 3) : draw (&shape, 0.1, 0.9, 4);
  g_autoptr (StrataTensor) y_true = make_targets (labels ? &STRATA_SHAPE (6) : &shape, 3);
  double first;

  update (metric, y_true, y_pred);
  first = strata_metric_get_value (metric);
  g_assert_true (isfinite (first));
  update (metric, y_true, y_pred);
  if (STRATA_METRIC_GET_CLASS (metric)->build == NULL)
    g_assert_cmpfloat_with_epsilon (strata_metric_get_value (metric), first, 1e-5);
  strata_metric_reset (metric);
  update (metric, y_true, y_pred);
  g_assert_cmpfloat_with_epsilon (strata_metric_get_value (metric), first, 1e-6);
}

static void
test_metrics (void)
{
  for_each (STRATA_KIND_METRIC, check_metric);
}

/* A loss computes in float32: parts of a gradient that are too large for float16 may have a sum that is not. */
static void
test_low_precision (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataObject) loss = strata_object_new (STRATA_KIND_LOSS, "CategoricalCrossentropy", NULL, &error);
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  const float is[] = { 0, 1, 0 }, said[] = { 0.731f, 0.09644f, 0.1727f };
  StrataValue *y_true = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (1, 3), is));
  StrataValue *y_pred = strata_builder_constant (b, strata_tensor_new_floats (&STRATA_SHAPE (1, 3), said));
  StrataValue *total, *grad;

  g_assert_no_error (error);
  y_pred = strata_narrow (b, y_pred, STRATA_FLOAT16);
  total = strata_scale (b, strata_loss_compute (STRATA_LOSS (loss), b, y_true, y_pred, NULL, NULL), 6553.6);
  g_assert_true (strata_gradient (b, total, &y_pred, 1, &grad));
  g_assert_cmpfloat_with_epsilon (strata_tensor_get_number (grad->tensor, 0), 6552, 4);
  g_assert_cmpfloat_with_epsilon (strata_tensor_get_number (grad->tensor, 1), -61408, 64);
}

/* While Keras trains, what is not a number is neither above a threshold nor at or below it. */
static void
test_not_a_number (void)
{
  static const struct { const char *name; double count; } counts[] = {
    { "TruePositives", 1 }, { "FalsePositives", 0 }, { "TrueNegatives", 1 }, { "FalseNegatives", 1 }, { "Recall", 0.5 },
  };
  const float is[] = { 1, 1, 1, 0, 0 }, said[] = { NAN, 0.7f, 0.2f, NAN, 0.1f };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (StrataTensor) y_true = strata_tensor_new_floats (&STRATA_SHAPE (5, 1), is);
      g_autoptr (StrataTensor) y_pred = strata_tensor_new_floats (&STRATA_SHAPE (5, 1), said);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataObject) metric = strata_object_new (STRATA_KIND_METRIC, counts[i].name, NULL, &error);

      g_assert_no_error (error);
      update (STRATA_METRIC (metric), y_true, y_pred);
      g_assert_cmpfloat_with_epsilon (strata_metric_get_value (STRATA_METRIC (metric)), counts[i].count, 1e-6);
    }
}

/* Every optimizer must make a bowl less high. */
static void
check_optimizer (StrataObject *object,
                 const char   *sample)
{
  StrataOptimizer *optimizer = STRATA_OPTIMIZER (object);
  g_autoptr (GPtrArray) weights = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_variable_unref);
  g_autoptr (GPtrArray) variables = NULL;
  StrataVariable *weight = strata_variable_new ("kernel", draw (&STRATA_SHAPE (3, 4), 0.5, 1.5, 6), TRUE);
  double before = 0, after = 0;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (weights, weight);
  for (int i = 0; i < 12; i++)
    before += strata_variable_get_floats (weight)[i] * strata_variable_get_floats (weight)[i];
  strata_optimizer_build (optimizer, weights, &error);
  g_assert_no_error (error);
  for (int step = 0; step < 6; step++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
      StrataValue *value = strata_builder_read_initial (b, weight), *grad, *loss;

      loss = strata_reduce_sum (b, strata_square (b, value), STRATA_ALL_AXES, FALSE);
      strata_gradient (b, strata_optimizer_scale_loss (optimizer, b, loss), &value, 1, &grad);
      strata_optimizer_apply (optimizer, b, &grad);
      strata_builder_take_error (b, &error);
      g_assert_no_error (error);
    }
  for (int i = 0; i < 12; i++)
    after += strata_variable_get_floats (weight)[i] * strata_variable_get_floats (weight)[i];
  g_assert_cmpfloat (after, <, before);
  g_assert_cmpint (strata_optimizer_get_iterations (optimizer), ==, 6);
}

static void
test_optimizers (void)
{
  for_each (STRATA_KIND_OPTIMIZER, check_optimizer);
}

static void
check_schedule (StrataObject *object,
                const char   *sample)
{
  for (int step = 0; step < 30; step++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
      StrataValue *rate = strata_schedule_rate (STRATA_SCHEDULE (object), b, strata_builder_scalar (b, step));

      g_assert_false (strata_builder_has_failed (b));
      g_assert_cmpfloat (strata_tensor_get_number (rate->tensor, 0), >=, 0);
      g_assert_cmpfloat (strata_tensor_get_number (rate->tensor, 0), <=, 0.51);
    }
}

static void
test_schedules (void)
{
  for_each (STRATA_KIND_SCHEDULE, check_schedule);
}

static void
check_initializer (StrataObject *object,
                   const char   *sample)
{
  gboolean is_stft = g_str_equal (strata_object_get_class_name (object), "STFT");
  g_autoptr (StrataTensor) a = strata_tensor_new (STRATA_FLOAT32,
                                                  is_stft ? &STRATA_SHAPE (8, 1, 5) : &STRATA_SHAPE (8, 5));
  g_autoptr (StrataTensor) b = strata_tensor_new (STRATA_FLOAT32, strata_tensor_get_shape (a));
  g_autoptr (GError) error = NULL;

  strata_initializer_fill_seeded (STRATA_INITIALIZER (object), a, 9, &error);
  g_assert_no_error (error);
  strata_initializer_fill_seeded (STRATA_INITIALIZER (object), b, 9, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (strata_tensor_get_data (a), strata_tensor_get_bytes (a), strata_tensor_get_data (b),
                   strata_tensor_get_bytes (b));
}

static void
test_initializers (void)
{
  for_each (STRATA_KIND_INITIALIZER, check_initializer);
}

static void
test_callbacks (void)
{
  for_each (STRATA_KIND_CALLBACK, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/samples/losses", test_losses);
  g_test_add_func ("/training/samples/metrics", test_metrics);
  g_test_add_func ("/training/samples/not-a-number", test_not_a_number);
  g_test_add_func ("/training/samples/low-precision", test_low_precision);
  g_test_add_func ("/training/samples/optimizers", test_optimizers);
  g_test_add_func ("/training/samples/schedules", test_schedules);
  g_test_add_func ("/training/samples/initializers", test_initializers);
  g_test_add_func ("/training/samples/activations", test_activations);
  g_test_add_func ("/training/samples/regularizers", test_regularizers);
  g_test_add_func ("/training/samples/constraints", test_constraints);
  g_test_add_func ("/training/samples/callbacks", test_callbacks);
  return g_test_run ();
}
