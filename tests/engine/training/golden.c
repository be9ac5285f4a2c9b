/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Compares losses, metrics and the like with what Keras computed. */

#include "activations/activation.h"
#include "base/registry.h"
#include "constraints/constraint.h"
#include "initializers/initializer.h"
#include "losses/loss.h"
#include "metrics/metric.h"
#include "ops/softmax.h"
#include "regularizers/regularizer.h"
#include "schedules/schedule.h"

#include "golden.h"

static StrataValue *
get_weights (const GoldenCase *c,
             JsonObject       *json,
             StrataBuilder    *b)
{
  if (!json_object_has_member (json, "weights"))
    return NULL;
  return strata_builder_constant (b, golden_read (json_object_get_object_member (json, "weights")));
}

static StrataValue *
activate (const GoldenCase *c,
          StrataBuilder    *b,
          StrataValue      *x)
{
  const char *activation = json_object_get_string_member_with_default (c->json, "activation", "linear");

  if (g_str_equal (activation, "softmax"))
    return strata_softmax (b, x);
  return g_str_equal (activation, "sigmoid") ? strata_sigmoid (b, x) : x;
}

static void
check_loss (const GoldenCase *c)
{
  g_autoptr (StrataLoss) loss = golden_make (c, STRATA_KIND_LOSS);
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  StrataValue *y_true = strata_builder_constant (b, golden_get (c, "y_true"));
  StrataValue *y_pred = strata_builder_constant (b, golden_get (c, "y_pred")), *value, *total, *grad;

  value = strata_loss_compute (loss, b, y_true, activate (c, b, y_pred), get_weights (c, c->json, b), NULL);
  total = strata_reduce_sum (b, value, STRATA_ALL_AXES, FALSE);
  if (strata_gradient (b, total, &y_pred, 1, &grad))
    {
      golden_check (c, "the loss", value->tensor, json_object_get_object_member (c->json, "loss"), 1);
      golden_check (c, "the gradient", grad->tensor, json_object_get_object_member (c->json, "grad"), 1);
    }
  golden_finish (c, b);
}

static void
test_losses (void)
{
  golden_run ("losses.json", check_loss);
}

/* Through a program, as in training; the states carry over from batch to batch. */
static void
update_metric (const GoldenCase *c,
               StrataMetric     *metric,
               JsonObject       *batch)
{
  g_autoptr (StrataBuilder) b = strata_builder_new_recording ();
  g_autoptr (StrataProgram) program = NULL;
  g_autoptr (GError) error = NULL;
  StrataValue *y_true = strata_builder_constant (b, golden_read (json_object_get_object_member (batch, "y_true")));
  StrataValue *y_pred = strata_builder_constant (b, golden_read (json_object_get_object_member (batch, "y_pred")));
  StrataValue *nothing;

  if (!strata_metric_build (metric, &y_pred->shape, &error))
    {
      golden_fail (c, "%s", error->message);
      return;
    }
  strata_metric_update (metric, b, y_true, y_pred, get_weights (c, batch, b));
  nothing = strata_builder_scalar (b, 0);
  program = strata_program_compile (g_steal_pointer (&b), &nothing, 1, &error);
  if (program == NULL)
    golden_fail (c, "%s", error->message);
  else
    strata_program_run (program, 0, 0);
}

static void
check_metric (const GoldenCase *c)
{
  g_autoptr (StrataMetric) metric = golden_make (c, STRATA_KIND_METRIC);
  JsonArray *batches = json_object_get_array_member (c->json, "batches");
  JsonArray *results = json_object_get_array_member (c->json, "results");

  for (guint i = 0; i < json_array_get_length (batches); i++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
      StrataValue *result;

      update_metric (c, metric, json_array_get_object_element (batches, i));
      if (strata_metric_get_states (metric)->len == 0)
        return;
      result = strata_metric_result (metric, b);
      if (!strata_builder_has_failed (b))
        golden_check (c, "the result", result->tensor, json_array_get_object_element (results, i), 1);
      golden_finish (c, b);
    }
}

static void
test_metrics (void)
{
  golden_run ("metrics.json", check_metric);
}

static void
check_schedule (const GoldenCase *c)
{
  g_autoptr (StrataSchedule) schedule = golden_make (c, STRATA_KIND_SCHEDULE);
  JsonArray *rates = json_object_get_array_member (c->json, "rates");

  for (guint i = 0; i < json_array_get_length (rates); i++)
    {
      g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
      StrataValue *rate = strata_schedule_rate (schedule, b, strata_builder_scalar (b, i));
      double expected = json_array_get_double_element (rates, i), actual;

      golden_finish (c, b);
      actual = strata_tensor_get_number (rate->tensor, 0);
      if (fabs (actual - expected) > 1e-7 + 1e-5 * expected)
        golden_fail (c, "the rate of step %u is %.7g, Keras's is %.7g", i, actual, expected);
    }
}

static void
test_schedules (void)
{
  golden_run ("schedules.json", check_schedule);
}

static void
check_initializer (const GoldenCase *c)
{
  g_autoptr (StrataInitializer) initializer = golden_make (c, STRATA_KIND_INITIALIZER);
  g_autoptr (StrataTensor) expected = golden_get (c, "y");
  g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, strata_tensor_get_shape (expected));
  g_autoptr (GError) error = NULL;

  strata_initializer_fill (initializer, tensor, &error);
  g_assert_no_error (error);
  golden_check (c, "the weight", tensor, json_object_get_object_member (c->json, "y"), 1);
}

static void
test_initializers (void)
{
  golden_run ("initializers.json", check_initializer);
}

static StrataValue *
weigh (StrataBuilder *b,
       StrataValue   *y)
{
  StrataTensor *pattern = strata_tensor_new (STRATA_FLOAT32, &y->shape);
  gint64 n = strata_tensor_get_size (pattern);

  for (gint64 i = 0; i < n; i++)
    strata_tensor_get_floats (pattern)[i] = n > 1 ? ((i * 7) % 5 - 2) / 2.0 : 1;
  return strata_reduce_sum (b, strata_multiply (b, y, strata_builder_constant (b, pattern)), STRATA_ALL_AXES, FALSE);
}

static void
check_function (const GoldenCase *c,
                StrataBuilder    *b,
                StrataValue      *x,
                StrataValue      *y)
{
  StrataValue *grad;

  golden_finish (c, b);
  golden_check (c, "the result", y->tensor, json_object_get_object_member (c->json, "y"), 1);
  if (!json_object_has_member (c->json, "grad"))
    return;
  strata_gradient (b, weigh (b, y), &x, 1, &grad);
  golden_finish (c, b);
  golden_check (c, "the gradient", grad->tensor, json_object_get_object_member (c->json, "grad"), 1);
}

static void
check_activation (const GoldenCase *c)
{
  g_autoptr (StrataActivation) activation = golden_make (c, STRATA_KIND_ACTIVATION);
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  StrataValue *x = strata_builder_constant (b, golden_get (c, "x"));

  check_function (c, b, x, strata_activation_apply (activation, b, x));
}

static void
test_activations (void)
{
  golden_run ("activations.json", check_activation);
}

static void
check_regularizer (const GoldenCase *c)
{
  g_autoptr (StrataRegularizer) regularizer = golden_make (c, STRATA_KIND_REGULARIZER);
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  StrataValue *x = strata_builder_constant (b, golden_get (c, "x"));

  check_function (c, b, x, strata_regularizer_penalty (regularizer, b, x));
}

static void
test_regularizers (void)
{
  golden_run ("regularizers.json", check_regularizer);
}

static void
check_constraint (const GoldenCase *c)
{
  g_autoptr (StrataConstraint) constraint = golden_make (c, STRATA_KIND_CONSTRAINT);
  g_autoptr (StrataBuilder) b = strata_builder_new_eager (0);
  StrataValue *x = strata_builder_constant (b, golden_get (c, "x"));

  check_function (c, b, x, strata_constraint_apply (constraint, b, x));
}

static void
test_constraints (void)
{
  golden_run ("constraints.json", check_constraint);
}

/* Every entry is compared with Keras in five cases or more; initializers only where they draw no random numbers. */
static void
test_enough (void)
{
  static const struct
  {
    StrataKind kind;
    const char *file;
  } files[] = {
    { STRATA_KIND_LOSS, "losses.json" },           { STRATA_KIND_METRIC, "metrics.json" },
    { STRATA_KIND_OPTIMIZER, "optimizers.json" },
    { STRATA_KIND_SCHEDULE, "schedules.json" },    { STRATA_KIND_REGULARIZER, "regularizers.json" },
    { STRATA_KIND_CONSTRAINT, "constraints.json" },
    { STRATA_KIND_ACTIVATION, "activations.json" },
  };
  /* Means and sums of numbers that losses and custom loops give have no targets to compare; the constant schedule is
   * ours. */
  static const char *const others[] = { "Mean", "Sum", "Constant" };

  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    for (const StrataObjectInfo *const *infos = strata_registry_list (files[f].kind); *infos != NULL; infos++)
      {
        guint n = golden_count (files[f].file, (*infos)->name);

        for (guint i = 0; i < G_N_ELEMENTS (others); i++)
          n = g_str_equal (others[i], (*infos)->name) ? 5 : n;
        if (n >= 5)
          continue;
        g_test_message ("%s has %u golden cases, should have 5", (*infos)->name, n);
        g_test_fail ();
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/golden/enough", test_enough);
  g_test_add_func ("/training/golden/losses", test_losses);
  g_test_add_func ("/training/golden/metrics", test_metrics);
  g_test_add_func ("/training/golden/schedules", test_schedules);
  g_test_add_func ("/training/golden/initializers", test_initializers);
  g_test_add_func ("/training/golden/activations", test_activations);
  g_test_add_func ("/training/golden/regularizers", test_regularizers);
  g_test_add_func ("/training/golden/constraints", test_constraints);
  return g_test_run ();
}
