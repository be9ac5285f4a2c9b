/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "optimizers/adam-math.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double beta_1, beta_2, epsilon;
} Lamb;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (Lamb, beta_1, "0.9", "Beta 1", "How slowly the average of the gradients follows"),
  STRATA_PARAM_BETA (Lamb, beta_2, "0.999", "Beta 2", "How slowly the average of their squares follows"),
  STRATA_PARAM_EPSILON (Lamb, "1e-7"),
  { NULL },
};

static StrataValue *
get_norm (StrataBuilder *b,
          StrataValue   *x)
{
  return strata_sqrt (b, strata_reduce_sum (b, strata_square (b, x), STRATA_ALL_AXES, FALSE));
}

static StrataValue *
lamb_update (StrataOptimizer    *optimizer,
             StrataBuilder      *b,
             const StrataUpdate *update)
{
  Lamb *self = (Lamb *) optimizer;
  StrataValue *m = strata_adam_follow (optimizer, b, update->slots[0], update->grad, self->beta_1);
  StrataValue *v = strata_adam_follow (optimizer, b, update->slots[1], strata_slices_square (b, update->grad),
                                       self->beta_2);
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1), *weight_norm, *step_norm;
  StrataValue *ratio;
  StrataValue *spread = strata_sqrt (b, strata_divide (b, v, strata_adam_bias (b, update->step, self->beta_2)));
  StrataValue *step = strata_divide (b, strata_divide (b, m, strata_adam_bias (b, update->step, self->beta_1)),
                                     strata_offset (b, spread, self->epsilon));

  weight_norm = get_norm (b, update->weight);
  step_norm = get_norm (b, step);
  ratio = strata_where (b, strata_greater (b, step_norm, zero), strata_divide (b, weight_norm, step_norm), one);
  ratio = strata_where (b, strata_greater (b, weight_norm, zero), ratio, one);
  return strata_subtract (b, update->weight, strata_multiply (b, strata_multiply (b, ratio, update->rate), step));
}

const StrataOptimizerInfo strata_optimizer_lamb = {
  .object = {
    .name = "Lamb",
    .title = "Lamb",
    .description = "Adam whose step is a share of each weight's length, for large batches (You and others, 2019)",
    .formula = "r ← m̂/(√v̂ + ε);  w ← w − learning_rate · ‖w‖/‖r‖ · r",
    .params = params,
    .instance_size = sizeof (Lamb),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"beta_1\": 0.5, \"beta_2\": 0.9, \"epsilon\": 0.01}",
      "{\"learning_rate\": 0.1, \"weight_decay\": 0.1}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "momentum" },
                                 { .name = "velocity" }, { NULL } },
  .update = lamb_update,
};
