/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/adam-math.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double beta_1, beta_2, epsilon;
} Adamax;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (Adamax, beta_1, "0.9", "Beta 1", "How slowly the average of the gradients follows"),
  STRATA_PARAM_BETA (Adamax, beta_2, "0.999", "Beta 2", "How slowly their largest size is forgotten"),
  STRATA_PARAM_EPSILON (Adamax, "1e-7"),
  { NULL },
};

static StrataValue *
adamax_update (StrataOptimizer    *optimizer,
               StrataBuilder      *b,
               const StrataUpdate *update)
{
  Adamax *self = (Adamax *) optimizer;
  StrataValue *m = strata_adam_follow (optimizer, b, update->slots[0], update->grad, self->beta_1);
  StrataValue *u = strata_maximum (b, strata_scale (b, strata_builder_read (b, update->slots[1]), self->beta_2),
                                   strata_slices_absolute (b, update->grad));
  StrataValue *divisor = strata_multiply (b, strata_adam_bias (b, update->step, self->beta_1),
                                          strata_offset (b, u, self->epsilon));

  strata_optimizer_assign (optimizer, b, update->slots[1], u);
  return strata_subtract (b, update->weight, strata_divide (b, strata_multiply (b, update->rate, m), divisor));
}

const StrataOptimizerInfo strata_optimizer_adamax = {
  .object = {
    .name = "Adamax",
    .title = "Adamax",
    .description = "Adam with the largest gradient in place of the usual size (Kingma and Ba, 2014)",
    .formula = "m ← β₁m + (1 − β₁)g;  u ← max(β₂u, |g|);  w ← w − learning_rate · m/((1 − β₁ᵗ)(u + ε))",
    .params = params,
    .instance_size = sizeof (Adamax),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"beta_1\": 0.5, \"beta_2\": 0.7, \"epsilon\": 0.01}",
      "{\"learning_rate\": 0.1, \"weight_decay\": 0.1, \"clipnorm\": 0.3}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "momentum" },
                                 { .name = "norm" }, { NULL } },
  .update = adamax_update,
};
