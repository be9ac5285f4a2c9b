/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/adam-math.h"
#include "optimizers/adam-params.h"
#include "optimizers/common-params.h"

const StrataParam strata_adam_params[] = {
  STRATA_PARAM_BETA (StrataAdam, beta_1, "0.9", "Beta 1", "How slowly the average of the gradients follows"),
  STRATA_PARAM_BETA (StrataAdam, beta_2, "0.999", "Beta 2", "How slowly the average of their squares follows"),
  STRATA_PARAM_EPSILON (StrataAdam, "1e-7"),
  STRATA_PARAM (BOOL, StrataAdam, amsgrad, "false", .title = "AMSGrad",
                .description = "Whether steps never grow again once squares were large (Reddi and others, 2018)"),
  { NULL },
};

static gboolean
is_amsgrad (StrataOptimizer *optimizer,
            StrataVariable  *weight)
{
  return ((StrataAdam *) optimizer)->amsgrad;
}

const StrataSlot strata_adam_slots[] = {
  { .name = "momentum" },
  { .name = "velocity" },
  { .name = "velocity_hat", .group = 1, .wanted = is_amsgrad },
  { NULL },
};

StrataValue *
strata_adam_update (StrataOptimizer    *optimizer,
                    StrataBuilder      *b,
                    const StrataUpdate *update)
{
  StrataAdam *self = (StrataAdam *) optimizer;

  return strata_adam_step (optimizer, b, update, self->beta_1, self->beta_2, self->epsilon);
}

const StrataOptimizerInfo strata_optimizer_adam = {
  .object = {
    .name = "Adam",
    .title = "Adam",
    .description = "Steps of about equal size for each weight, with momentum (Kingma and Ba, 2014)",
    .formula = "m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  w ← w − learning_rate · √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε)",
    .params = strata_adam_params,
    .instance_size = sizeof (StrataAdam),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"beta_1\": 0.8, \"beta_2\": 0.9, \"epsilon\": 0.001}",
      "{\"learning_rate\": 0.1, \"amsgrad\": true}",
      "{\"learning_rate\": 0.1, \"weight_decay\": 0.01, \"clipvalue\": 0.1}",
      "{\"learning_rate\": 0.1, \"gradient_accumulation_steps\": 3, \"clipnorm\": 0.3, \"use_ema\": true}",
      "{\"learning_rate\": {\"class_name\": \"ExponentialDecay\", \"config\": {\"initial_learning_rate\": 0.1, "
      "\"decay_steps\": 2, \"decay_rate\": 0.5}}}",
      NULL },
  },
  .slots = strata_adam_slots,
  .update = strata_adam_update,
};
