/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double initial_accumulator_value, epsilon;
} Adagrad;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Adagrad, initial_accumulator_value, "0.1", .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 1,
                .title = "Initial accumulator", .description = "What the sums of squares begin with"),
  STRATA_PARAM_EPSILON (Adagrad, "1e-7"),
  { NULL },
};

static double
get_start (StrataOptimizer *optimizer)
{
  return ((Adagrad *) optimizer)->initial_accumulator_value;
}

static StrataValue *
adagrad_update (StrataOptimizer    *optimizer,
                StrataBuilder      *b,
                const StrataUpdate *update)
{
  Adagrad *self = (Adagrad *) optimizer;
  StrataValue *sum = strata_add (b, strata_builder_read (b, update->slots[0]), strata_slices_square (b, update->grad));
  StrataValue *root = strata_sqrt (b, strata_offset (b, sum, self->epsilon));

  strata_optimizer_assign (optimizer, b, update->slots[0], sum);
  return strata_subtract (b, update->weight, strata_divide (b, strata_multiply (b, update->rate, update->grad), root));
}

const StrataOptimizerInfo strata_optimizer_adagrad = {
  .object = {
    .name = "Adagrad",
    .title = "Adagrad",
    .description = "Weights that have moved much move less and less (Duchi and others, 2011)",
    .formula = "a ← a + g²;  w ← w − learning_rate · g/√(a + ε)",
    .params = params,
    .instance_size = sizeof (Adagrad),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"initial_accumulator_value\": 0.0, \"epsilon\": 0.01}",
      "{\"learning_rate\": 0.1, \"weight_decay\": 0.1, \"use_ema\": true}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "accumulator", .start = get_start }, { NULL } },
  .update = adagrad_update,
};
