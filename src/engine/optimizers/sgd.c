/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/optimizer.h"

typedef struct
{
  StrataOptimizer parent;
  double momentum;
  gboolean nesterov;
} Sgd;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Sgd, momentum, "0.0", .minimum = 0, .maximum = 1, .soft_maximum = 0.99, .title = "Momentum",
                .description = "How much of the last step is kept: it carries over bumps and along valleys"),
  STRATA_PARAM (BOOL, Sgd, nesterov, "false", .title = "Nesterov",
                .description = "Whether momentum looks ahead to where it is going"),
  { NULL },
};

static gboolean
has_momentum (StrataOptimizer *optimizer,
              StrataVariable  *weight)
{
  return ((Sgd *) optimizer)->momentum != 0;
}

static StrataValue *
sgd_update (StrataOptimizer    *optimizer,
            StrataBuilder      *b,
            const StrataUpdate *update)
{
  Sgd *self = (Sgd *) optimizer;
  StrataValue *step = strata_multiply (b, update->grad, update->rate), *momentum;

  if (self->momentum == 0)
    return strata_subtract (b, update->weight, step);

  momentum = strata_subtract (b, strata_scale (b, strata_builder_read (b, update->slots[0]), self->momentum), step);
  strata_optimizer_assign (optimizer, b, update->slots[0], momentum);
  if (self->nesterov)
    momentum = strata_subtract (b, strata_scale (b, momentum, self->momentum), step);
  return strata_add (b, update->weight, momentum);
}

const StrataOptimizerInfo strata_optimizer_sgd = {
  .object = {
    .name = "SGD",
    .title = "SGD",
    .description = "Stochastic gradient descent: a step downhill for each batch",
    .formula = "v ← momentum · v − learning_rate · g;  w ← w + v",
    .params = params,
    .instance_size = sizeof (Sgd),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"momentum\": 0.9}",
      "{\"learning_rate\": 0.1, \"momentum\": 0.9, \"nesterov\": true}",
      "{\"weight_decay\": 0.1, \"clipnorm\": 0.5}",
      "{\"momentum\": 0.5, \"use_ema\": true, \"ema_momentum\": 0.6, \"ema_overwrite_frequency\": 3}",
      "{\"momentum\": 0.5, \"gradient_accumulation_steps\": 2, \"use_ema\": true, \"clipvalue\": 0.2}",
      "{\"global_clipnorm\": 0.4, \"loss_scale_factor\": 4.0}",
      NULL },
  },
  .default_rate = "0.01",
  .slots = (const StrataSlot[]){ { .name = "momentum", .wanted = has_momentum }, { NULL } },
  .update = sgd_update,
};
