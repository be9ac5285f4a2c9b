/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/common-params.h"

typedef struct
{
  StrataOptimizer parent;
  double beta_1, beta_2;
} Lion;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (Lion, beta_1, "0.9", "Beta 1", "How much momentum counts against the gradient in a step"),
  STRATA_PARAM_BETA (Lion, beta_2, "0.99", "Beta 2", "How slowly momentum follows"),
  { NULL },
};

static StrataValue *
mix (StrataBuilder *b,
     StrataValue   *momentum,
     StrataValue   *grad,
     double         beta)
{
  return strata_add (b, strata_scale (b, momentum, beta), strata_scale (b, grad, 1 - beta));
}

static StrataValue *
lion_update (StrataOptimizer    *optimizer,
             StrataBuilder      *b,
             const StrataUpdate *update)
{
  Lion *self = (Lion *) optimizer;
  StrataValue *m = strata_builder_read (b, update->slots[0]);
  StrataValue *direction = strata_sign (b, mix (b, m, update->grad, self->beta_1));

  strata_optimizer_assign (optimizer, b, update->slots[0], mix (b, m, update->grad, self->beta_2));
  return strata_subtract (b, update->weight, strata_multiply (b, update->rate, direction));
}

const StrataOptimizerInfo strata_optimizer_lion = {
  .object = {
    .name = "Lion",
    .title = "Lion",
    .description = "All weights move equally far, by the sign of their momentum (Chen and others, 2023)",
    .formula = "w ← w − learning_rate · sign(β₁m + (1 − β₁)g);  m ← β₂m + (1 − β₂)g",
    .params = params,
    .instance_size = sizeof (Lion),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"beta_1\": 0.5, \"beta_2\": 0.7}",
      "{\"learning_rate\": 0.1, \"weight_decay\": 0.1}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "momentum" }, { NULL } },
  .update = lion_update,
};
