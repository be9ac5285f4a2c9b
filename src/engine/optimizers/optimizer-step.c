/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/gradient.h"
#include "optimizers/optimizer-private.h"

#include "constraints/constraint.h"
#include "ops/elementwise.h"
#include "ops/increment.h"
#include "ops/reduce.h"
#include "optimizers/slices.h"

/**
 * strata_optimizer_assign: (skip)
 * @variable: a slot or another variable of the optimizer
 * @value: its value after the step
 *
 * For `update` of those who derive: where the step turns out not to count,
 * because gradients are still being gathered or are not finite, the old value stays.
 */
void
strata_optimizer_assign (StrataOptimizer *self,
                         StrataBuilder   *b,
                         StrataVariable  *variable,
                         StrataValue     *value)
{
  StrataValue *condition = strata_optimizer_get_private (self)->condition;

  if (condition != NULL)
    value = strata_where (b, condition, value, strata_builder_read (b, variable));
  strata_builder_assign (b, variable,
                         value->dtype == variable->dtype ? value : strata_cast (b, value, variable->dtype));
}

static StrataValue *
square_sum (StrataBuilder *b,
            StrataValue   *x)
{
  return strata_reduce_sum (b, strata_slices_square (b, x), STRATA_ALL_AXES, FALSE);
}

static StrataValue *
clip_to_norm (StrataBuilder *b,
              StrataValue   *grad,
              double         norm)
{
  StrataValue *length = strata_sqrt (b, square_sum (b, grad)), *limit = strata_builder_scalar (b, norm);

  if (strata_slices_is (grad))
    return strata_slices_scale (b, grad, strata_divide (b, limit, strata_maximum (b, length, limit)));
  return strata_divide (b, strata_multiply (b, grad, limit), strata_maximum (b, length, limit));
}

static void
clip_globally (StrataBuilder  *b,
               StrataValue   **grads,
               guint           n,
               double          norm)
{
  StrataValue *sum = NULL, *length, *factor;

  for (guint i = 0; i < n; i++)
    if (grads[i] != NULL)
      sum = sum == NULL ? square_sum (b, grads[i]) : strata_add (b, sum, square_sum (b, grads[i]));
  if (sum == NULL)
    return;

  /* A length that is not finite makes the factor NaN, as in Keras: it must not pass for a small one. */
  length = strata_sqrt (b, sum);
  factor = strata_scale (b,
                         strata_minimum (b, strata_reciprocal (b, length), strata_builder_scalar (b, 1 / norm)), norm);
  factor = strata_add (b, factor, strata_subtract (b, length, length));
  for (guint i = 0; i < n; i++)
    if (grads[i] != NULL)
      grads[i] = strata_multiply (b, grads[i], factor);
}

static void
clip (StrataOptimizerPrivate  *priv,
      StrataBuilder           *b,
      StrataValue            **grads)
{
  guint n = priv->weights->len;

  if (priv->global_clipnorm > 0)
    clip_globally (b, grads, n, priv->global_clipnorm);
  for (guint i = 0; i < n; i++)
    if (grads[i] != NULL && priv->clipnorm > 0)
      grads[i] = clip_to_norm (b, grads[i], priv->clipnorm);
    else if (grads[i] != NULL && priv->clipvalue > 0)
      grads[i] = strata_slices_clip (b, grads[i], priv->clipvalue);
}

/* Whether step number @step is a multiple of @n. */
static StrataValue *
is_multiple (StrataBuilder *b,
             StrataValue   *step,
             gint64         n)
{
  return strata_equal (b, strata_modulo (b, step, strata_builder_scalar (b, n)), strata_builder_scalar (b, 0));
}

/* Gathers gradients; they become the mean in the steps that count. Returns when that is. */
static StrataValue *
accumulate (StrataOptimizer  *self,
            StrataBuilder    *b,
            StrataValue     **grads,
            StrataValue      *batch)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  StrataValue *due = is_multiple (b, strata_offset (b, batch, 1), priv->gradient_accumulation_steps);

  for (guint i = 0; i < priv->weights->len; i++)
    {
      StrataVariable *accumulator = priv->accumulators[i];
      StrataValue *sum = strata_builder_read (b, accumulator);

      if (grads[i] != NULL)
        sum = strata_add (b, grads[i], sum);
      strata_optimizer_assign (self, b, accumulator, strata_where (b, due, strata_builder_scalar (b, 0), sum));
      if (grads[i] != NULL)
        grads[i] = strata_divide (b, sum, strata_builder_scalar (b, priv->gradient_accumulation_steps));
    }
  return priv->condition == NULL ? due : strata_logical_and (b, priv->condition, due);
}

static StrataValue *
decay (StrataOptimizer *self,
       StrataBuilder   *b,
       StrataVariable  *variable,
       StrataValue     *weight,
       StrataValue     *rate)
{
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);
  double share = klass->decay != NULL ? klass->decay (self, variable)
                                      : strata_optimizer_get_private (self)->weight_decay;

  if (!(share > 0))
    return weight;
  return strata_subtract (b, weight, strata_multiply (b, strata_scale (b, weight, share), rate));
}

static void
update_weights (StrataOptimizer  *self,
                StrataBuilder    *b,
                StrataValue     **grads,
                StrataValue      *rate,
                StrataValue      *step)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);

  if (klass->begin != NULL)
    klass->begin (self, b, step);
  for (guint i = 0; i < priv->weights->len; i++)
    {
      StrataVariable *variable = g_ptr_array_index (priv->weights, i);
      StrataUpdate update = { .variable = variable, .grad = grads[i], .rate = rate, .step = step };

      if (grads[i] == NULL)
        continue;
      update.weight = decay (self, b, variable, strata_builder_read (b, variable), rate);
      for (guint k = 0; k < STRATA_MAX_SLOTS; k++)
        update.slots[k] = priv->slots[i * STRATA_MAX_SLOTS + k];
      strata_optimizer_assign (self, b, variable, klass->update (self, b, &update));
    }
}

/* @before: how many steps came before this one. */
static void
update_averages (StrataOptimizer *self,
                 StrataBuilder   *b,
                 StrataValue     *before)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  StrataValue *one = strata_builder_scalar (b, 1), *overwrite = NULL;
  /* The average begins with the weights of the first step. */
  StrataValue *momentum = strata_scale (b, strata_not_equal (b, before, strata_builder_scalar (b, 0)),
                                        priv->ema_momentum);

  if (priv->ema_overwrite_frequency != STRATA_NONE_INT)
    overwrite = is_multiple (b, strata_offset (b, before, 1), priv->ema_overwrite_frequency);
  for (guint i = 0; i < priv->weights->len; i++)
    {
      StrataVariable *weight = g_ptr_array_index (priv->weights, i);
      StrataValue *value = strata_builder_read (b, weight), *average;

      average = strata_add (b, strata_multiply (b, momentum, strata_builder_read (b, priv->averages[i])),
                            strata_multiply (b, strata_subtract (b, one, momentum), value));
      strata_optimizer_assign (self, b, priv->averages[i], average);
      if (overwrite != NULL)
        strata_optimizer_assign (self, b, weight, strata_where (b, overwrite, average, value));
    }
}

static void
constrain (StrataOptimizer    *self,
           StrataBuilder      *b,
           StrataValue *const *grads)
{
  GPtrArray *weights = strata_optimizer_get_private (self)->weights;

  for (guint i = 0; i < weights->len; i++)
    {
      StrataVariable *weight = g_ptr_array_index (weights, i);

      if (grads[i] != NULL && weight->constraint != NULL)
        strata_optimizer_assign (self, b, weight, strata_constraint_apply (STRATA_CONSTRAINT (weight->constraint), b,
                                                                           strata_builder_read (b, weight)));
    }
}

static void
emit_step (StrataOptimizer  *self,
           StrataBuilder    *b,
           StrataValue     **grads)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  StrataValue *outer = priv->condition, *rate;
  StrataValue *batch = strata_cast (b, strata_builder_read (b, priv->iterations), STRATA_FLOAT32), *before = batch;

  if (priv->gradient_accumulation_steps != STRATA_NONE_INT)
    {
      priv->condition = accumulate (self, b, grads, batch);
      before = strata_floor_divide (b, batch, strata_builder_scalar (b, priv->gradient_accumulation_steps));
    }
  rate = priv->rate != NULL ? strata_builder_read (b, priv->rate)
                            : strata_schedule_rate (priv->learning_rate, b, batch);
  clip (priv, b, grads);
  update_weights (self, b, grads, rate, strata_offset (b, before, 1));
  priv->condition = outer;

  if (priv->averages != NULL)
    update_averages (self, b, before);
  constrain (self, b, grads);
  strata_optimizer_count (self, b);
}

/* Counts a step, where it counts. */
void
strata_optimizer_count (StrataOptimizer *self,
                        StrataBuilder   *b)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);

  strata_builder_assign (b, priv->iterations,
                         strata_increment (b, strata_builder_read (b, priv->iterations), priv->condition));
}

/**
 * strata_optimizer_apply_if: (skip)
 * @grads: a gradient a weight, %NULL for those that stay as they are
 * @condition: (nullable): a scalar; where it is 0 nothing changes
 *
 * As strata_optimizer_apply(), with a condition that is known only at run time.
 */
void
strata_optimizer_apply_if (StrataOptimizer    *self,
                           StrataBuilder      *b,
                           StrataValue *const *grads,
                           StrataValue        *condition)
{
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (self);
  g_autofree StrataValue **own = NULL;
  StrataPhase phase;

  g_return_if_fail (priv->weights != NULL);

  phase = strata_builder_set_phase (b, STRATA_PHASE_UPDATE);
  own = g_memdup2 (grads, priv->weights->len * sizeof grads[0]);
  if (priv->loss_scale_factor > 0 && STRATA_OPTIMIZER_GET_CLASS (self)->get_parts == NULL)
    for (guint i = 0; i < priv->weights->len; i++)
      if (own[i] != NULL)
        own[i] = strata_divide (b, own[i], strata_builder_scalar (b, priv->loss_scale_factor));

  strata_builder_push_scope (b, priv->name);
  priv->condition = condition;
  if (STRATA_OPTIMIZER_GET_CLASS (self)->apply != NULL)
    STRATA_OPTIMIZER_GET_CLASS (self)->apply (self, b, own);
  else
    emit_step (self, b, own);
  priv->condition = NULL;
  for (guint i = 0; i < priv->weights->len; i++)
    strata_builder_settle (b, g_ptr_array_index (priv->weights, i));
  strata_builder_pop_scope (b);
  strata_builder_set_phase (b, phase);
}

/**
 * strata_optimizer_apply: (skip)
 * @b: where the ops go
 * @grads: a gradient for each weight it was built for, %NULL for those that
 *   stay as they are
 *
 * Emits a training step in Keras's order: gradients are unscaled, gathered and
 * clipped, weights decay and are updated, their averages follow, constraints
 * are kept, and the iteration is counted.
 */
void
strata_optimizer_apply (StrataOptimizer    *self,
                        StrataBuilder      *b,
                        StrataValue *const *grads)
{
  strata_optimizer_apply_if (self, b, grads, NULL);
}

/**
 * strata_optimizer_scale_loss: (skip)
 * @loss: a scalar
 *
 * Returns: (transfer none): what gradients are to be taken of, so that small
 *   ones are not lost; strata_optimizer_apply() undoes it
 */
StrataValue *
strata_optimizer_scale_loss (StrataOptimizer *self,
                             StrataBuilder   *b,
                             StrataValue     *loss)
{
  StrataOptimizerClass *klass = STRATA_OPTIMIZER_GET_CLASS (self);
  double factor = strata_optimizer_get_private (self)->loss_scale_factor;

  if (klass->scale_loss != NULL)
    return klass->scale_loss (self, b, loss);
  return factor > 0 ? strata_scale (b, loss, factor) : loss;
}

/**
 * strata_optimizer_minimize: (skip)
 * @b: where the ops go
 * @loss: a scalar
 * @weights: (element-type StrataVariable): those that learn: the same ones at every call, and at least one. Layers have
 *   theirs once they were called
 *
 * Takes the gradient of @loss and changes the weights: a training step, of which there may be several, of several
 * optimizers. Errors are the builder's.
 */
void
strata_optimizer_minimize (StrataOptimizer *self,
                           StrataBuilder   *b,
                           StrataValue     *loss,
                           GPtrArray       *weights)
{
  g_autofree StrataValue **values = g_new0 (StrataValue *, weights->len + 1);
  g_autofree StrataValue **grads = g_new0 (StrataValue *, weights->len + 1);
  g_autoptr (GError) error = NULL;

  if (strata_builder_has_failed (b))
    return;
  if (weights->len == 0)
    {
      strata_builder_fail (b, STRATA_ERROR_STATE,
                           "the optimizer has no weights to change: layers have theirs once they were called");
      return;
    }
  if (!strata_optimizer_build (self, weights, &error))
    {
      strata_builder_fail (b, error->code, "%s", error->message);
      return;
    }
  for (guint i = 0; i < weights->len; i++)
    values[i] = strata_builder_read_initial (b, g_ptr_array_index (weights, i));
  loss = strata_optimizer_scale_loss (self, b, loss);
  if (strata_gradient (b, loss, values, weights->len, grads))
    strata_optimizer_apply (self, b, grads);
}
