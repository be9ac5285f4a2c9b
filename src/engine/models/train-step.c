/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/model-private.h"
#include "ops/elementwise.h"
#include "regularizers/regularizer.h"

static StrataValue *
get_weights (const StrataBatch *batch,
             guint              output)
{
  return batch->n_weights == 0 ? NULL : batch->weights[MIN (output, batch->n_weights - 1)];
}

static StrataValue *
add (StrataBuilder *b,
     StrataValue   *total,
     StrataValue   *summand)
{
  return total == NULL ? summand : strata_add (b, total, summand);
}

/**
 * strata_model_forward: (skip)
 * @call: (out): outputs and their masks
 *
 * Calls the model on the inputs of a batch.
 * Returns: whether the builder is free of errors
 */
gboolean
strata_model_forward (StrataModel       *self,
                      StrataBuilder     *b,
                      const StrataBatch *batch,
                      gboolean           training,
                      StrataCall        *call)
{
  /* What layers add to the loss counts once, for the call they add it in. */
  strata_builder_drop_losses (b, 0);
  *call = (StrataCall){ .inputs = batch->x, .n_inputs = batch->n_x, .training = training };
  return strata_layer_call (STRATA_LAYER (self), b, call);
}

/* Penalties on weights that train, and what layers added while they were called. */
static StrataValue *
add_penalties (StrataModel   *self,
               StrataBuilder *b,
               StrataValue   *total)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_trainable_weights (STRATA_LAYER (self));
  const GPtrArray *added = strata_builder_get_losses (b);

  for (guint i = 0; i < weights->len && !strata_builder_has_failed (b); i++)
    {
      StrataVariable *weight = g_ptr_array_index (weights, i);

      if (weight->regularizer != NULL)
        total = add (b, total,
                     strata_regularizer_penalty (STRATA_REGULARIZER (weight->regularizer), b,
                                                 strata_builder_read_initial (b, weight)));
    }
  for (guint i = 0; i < added->len; i++)
    total = add (b, total, g_ptr_array_index (added, i));
  return total;
}

/**
 * strata_model_compute_loss: (skip)
 * @call: what strata_model_forward() gave
 *
 * Returns: (transfer none): the losses of all outputs, weighted, with all penalties
 */
StrataValue *
strata_model_compute_loss (StrataModel       *self,
                           StrataBuilder     *b,
                           const StrataBatch *batch,
                           const StrataCall  *call)
{
  StrataObjective *objective = strata_model_get_objective (self);
  StrataValue *total = NULL;

  for (guint i = 0; i < objective->losses->len && !strata_builder_has_failed (b); i++)
    {
      StrataObjectiveLoss *entry = &g_array_index (objective->losses, StrataObjectiveLoss, i);

      entry->value = strata_loss_compute (entry->loss, b, batch->y[entry->output], call->outputs[entry->output],
                                          get_weights (batch, entry->output), call->output_masks[entry->output]);
      total = add (b, total, entry->weight != 1 ? strata_scale (b, entry->value, entry->weight) : entry->value);
    }
  if (!strata_builder_has_failed (b))
    total = add_penalties (self, b, total);
  if (total == NULL)
    {
      strata_builder_fail (b, STRATA_ERROR_STATE, "the model has no loss to make small: give it one when compiling");
      return strata_builder_nothing (b);
    }
  return total;
}

/**
 * strata_model_minimize: (skip)
 * @loss: a scalar
 *
 * Takes the gradient of @loss and has the optimizer change the weights.
 */
void
strata_model_minimize (StrataModel   *self,
                       StrataBuilder *b,
                       StrataValue   *loss)
{
  g_autoptr (GPtrArray) weights = strata_layer_dup_trainable_weights (STRATA_LAYER (self));

  if (weights->len > 0)
    strata_optimizer_minimize (strata_model_get_optimizer (self), b, loss, weights);
}

/**
 * strata_model_update_metrics: (skip)
 * @call: what strata_model_forward() gave
 *
 * Adds a batch to the metrics that the model was compiled with.
 */
void
strata_model_update_metrics (StrataModel       *self,
                             StrataBuilder     *b,
                             const StrataBatch *batch,
                             const StrataCall  *call)
{
  StrataObjective *objective = strata_model_get_objective (self);

  for (guint i = 0; i < objective->metrics->len && !strata_builder_has_failed (b); i++)
    {
      StrataObjectiveMetric *entry = &g_array_index (objective->metrics, StrataObjectiveMetric, i);

      if (entry->own)
        continue;
      strata_metric_update_masked (entry->metric, b, batch->y[entry->output], call->outputs[entry->output],
                                   entry->weighted ? get_weights (batch, entry->output) : NULL,
                                   call->output_masks[entry->output]);
    }
}

/* What a model does with a batch unless its class says otherwise. */
static StrataValue *
step (StrataModel       *self,
      StrataBuilder     *b,
      const StrataBatch *batch,
      gboolean           training)
{
  StrataValue *loss;
  StrataCall call;

  strata_model_forward (self, b, batch, training, &call);
  loss = strata_model_compute_loss (self, b, batch, &call);
  if (training)
    strata_model_minimize (self, b, loss);
  strata_model_update_metrics (self, b, batch, &call);
  return loss;
}

StrataValue *
strata_model_real_train_step (StrataModel       *self,
                              StrataBuilder     *b,
                              const StrataBatch *batch)
{
  return step (self, b, batch, TRUE);
}

StrataValue *
strata_model_real_test_step (StrataModel       *self,
                             StrataBuilder     *b,
                             const StrataBatch *batch)
{
  return step (self, b, batch, FALSE);
}
