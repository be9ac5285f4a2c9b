/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "optimizers/optimizer.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  StrataObject *inner_optimizer;
  double initial_scale;
  gint64 dynamic_growth_steps;
  StrataVariable *step_counter, *dynamic_scale;
} LossScaleOptimizer;

static const StrataParam params[] = {
  STRATA_PARAM (OBJECT, LossScaleOptimizer, inner_optimizer, NULL, .kind = STRATA_KIND_OPTIMIZER, .title = "Optimizer",
                .description = "The optimizer that takes the steps"),
  STRATA_PARAM (FLOAT, LossScaleOptimizer, initial_scale, "32768.0", .minimum = G_MINFLOAT, .maximum = G_MAXFLOAT,
                .soft_minimum = 1,
                .soft_maximum = 65536, .title = "Initial scale",
                .description = "What the loss is multiplied by at first"),
  STRATA_PARAM (INT, LossScaleOptimizer, dynamic_growth_steps, "2000", .minimum = 1, .maximum = G_MAXINT32,
                .soft_minimum = 100,
                .soft_maximum = 10000, .title = "Growth steps", .unit = "steps",
                .description = "After how many good steps the scale is doubled"),
  { NULL },
};

static StrataOptimizer *
get_inner (StrataOptimizer *optimizer)
{
  return STRATA_OPTIMIZER (((LossScaleOptimizer *) optimizer)->inner_optimizer);
}

/* Gradients must not be unscaled twice. */
static gboolean
loss_scale_configured (StrataObject  *object,
                       GError       **error)
{
  g_autoptr (JsonNode) none = json_node_new (JSON_NODE_NULL);

  return strata_object_set_param (((LossScaleOptimizer *) object)->inner_optimizer, "loss_scale_factor", none, error);
}

static gboolean
loss_scale_build (StrataOptimizer  *optimizer,
                  GError          **error)
{
  LossScaleOptimizer *self = (LossScaleOptimizer *) optimizer;

  self->step_counter = strata_optimizer_add_variable (optimizer, "step_counter", STRATA_INT64, 0);
  self->dynamic_scale = strata_optimizer_add_variable (optimizer, "dynamic_scale", STRATA_FLOAT32, self->initial_scale);
  return TRUE;
}

/* Whether no gradient has overflowed. */
static StrataValue *
are_finite (StrataBuilder      *b,
            StrataValue *const *grads,
            guint               n)
{
  StrataValue *all = strata_builder_scalar (b, 1), *largest = strata_builder_scalar (b, G_MAXFLOAT);

  for (guint i = 0; i < n; i++)
    if (grads[i] != NULL)
      {
        StrataValue *finite = strata_less_equal (b, strata_absolute (b, grads[i]), largest);

        all = strata_logical_and (b, all, strata_reduce_min (b, finite, STRATA_ALL_AXES, FALSE));
      }
  return all;
}

static void
loss_scale_apply (StrataOptimizer    *optimizer,
                  StrataBuilder      *b,
                  StrataValue *const *grads)
{
  LossScaleOptimizer *self = (LossScaleOptimizer *) optimizer;
  guint n = strata_optimizer_get_weights (optimizer)->len;
  g_autofree StrataValue **unscaled = g_new0 (StrataValue *, MAX (n, 1));
  StrataValue *scale = strata_builder_read (b, self->dynamic_scale);
  StrataValue *count = strata_builder_read (b, self->step_counter);
  StrataValue *finite = are_finite (b, grads, n), *zero = strata_builder_scalar (b, 0), *grow, *kept;

  for (guint i = 0; i < n; i++)
    if (grads[i] != NULL)
      unscaled[i] = strata_slices_is (grads[i]) ? strata_slices_scale (b, grads[i], strata_reciprocal (b, scale))
                                               : strata_divide (b, grads[i], scale);
  strata_optimizer_apply_if (get_inner (optimizer), b, unscaled, finite);

  grow = strata_equal (b, count, strata_builder_scalar (b, self->dynamic_growth_steps - 1));
  kept = strata_where (b, grow, zero, strata_offset (b, count, 1));
  strata_optimizer_assign (optimizer, b, self->step_counter, strata_where (b, finite, kept, zero));
  kept = strata_where (b, grow, strata_scale (b, scale, 2), scale);
  strata_optimizer_assign (optimizer, b, self->dynamic_scale,
                           strata_where (b, finite, kept, strata_scale (b, scale, 0.5)));
}

static StrataValue *
loss_scale_scale (StrataOptimizer *optimizer,
                  StrataBuilder   *b,
                  StrataValue     *loss)
{
  LossScaleOptimizer *self = (LossScaleOptimizer *) optimizer;
  StrataValue *scale = self->dynamic_scale != NULL ? strata_builder_read (b, self->dynamic_scale)
                                                   : strata_builder_scalar (b, self->initial_scale);

  return strata_multiply (b, loss, scale);
}

const StrataOptimizerInfo strata_optimizer_loss_scale_optimizer = {
  .object = {
    .name = "LossScaleOptimizer",
    .title = "Loss scaling",
    .description =
      "Multiplies the loss so that small gradients of 16-bit numbers do not vanish, and skips steps that overflow",
    .formula = "g = ∇(scale · loss) / scale",
    .params = params,
    .instance_size = sizeof (LossScaleOptimizer),
    .samples = (const char *const[]){
      "{\"inner_optimizer\": {\"class_name\": \"SGD\", \"config\": {\"learning_rate\": 0.1}}}",
      "{\"inner_optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.1}}, \"initial_scale\": 8.0, "
      "\"dynamic_growth_steps\": 2}",
      NULL },
    .configured = loss_scale_configured,
  },
  .build = loss_scale_build,
  .get_inner = get_inner,
  .apply = loss_scale_apply,
  .scale_loss = loss_scale_scale,
};
