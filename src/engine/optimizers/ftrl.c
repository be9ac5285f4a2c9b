/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double learning_rate_power, initial_accumulator_value;
  double l1_regularization_strength, l2_regularization_strength, l2_shrinkage_regularization_strength;
  double beta;
} Ftrl;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Ftrl, learning_rate_power, "-0.5", .minimum = -G_MAXFLOAT, .maximum = 0, .soft_minimum = -1,
                .title = "Learning rate power", .description = "How fast steps become shorter; 0 for not at all"),
  STRATA_PARAM (FLOAT, Ftrl, initial_accumulator_value, "0.1", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Initial accumulator", .description = "What the sums of squares begin with"),
  STRATA_PARAM (FLOAT, Ftrl, l1_regularization_strength, "0.0", .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 0.1, .title = "L1", .description = "How much the sizes of the weights cost"),
  STRATA_PARAM (FLOAT, Ftrl, l2_regularization_strength, "0.0", .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 0.1, .title = "L2", .description = "How much the squares of the weights cost"),
  STRATA_PARAM (FLOAT, Ftrl, l2_shrinkage_regularization_strength, "0.0", .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 0.1, .title = "L2 shrinkage", .description = "The same, through the gradient alone"),
  STRATA_PARAM (FLOAT, Ftrl, beta, "0.0", .soft_maximum = 1, .title = "Beta",
                .description = "How much steps are shortened at first"),
  { NULL },
};

static double
get_start (StrataOptimizer *optimizer)
{
  return ((Ftrl *) optimizer)->initial_accumulator_value;
}

/* 2 · (l2 + beta / (2 · rate)) */
static StrataValue *
get_l2 (Ftrl          *self,
        StrataBuilder *b,
        StrataValue   *rate)
{
  StrataValue *beta = strata_divide (b, strata_builder_scalar (b, self->beta), strata_scale (b, rate, 2));

  return strata_scale (b, strata_offset (b, beta, self->l2_regularization_strength), 2);
}

static StrataValue *
ftrl_update (StrataOptimizer    *optimizer,
             StrataBuilder      *b,
             const StrataUpdate *update)
{
  Ftrl *self = (Ftrl *) optimizer;
  StrataValue *old = strata_builder_read (b, update->slots[0]);
  StrataValue *power = strata_builder_scalar (b, -self->learning_rate_power);
  StrataValue *new = strata_add (b, old, strata_slices_square (b, update->grad));
  StrataValue *new_power = strata_power (b, new, power), *growth, *grad, *linear, *quadratic;

  grad = strata_add (b, update->grad, strata_scale (b, update->weight, 2 * self->l2_shrinkage_regularization_strength));
  growth = strata_divide (b, strata_subtract (b, new_power, strata_power (b, old, power)), update->rate);
  linear = strata_add (b, strata_builder_read (b, update->slots[1]),
                       strata_subtract (b, grad, strata_multiply (b, growth, update->weight)));
  quadratic = strata_add (b, strata_divide (b, new_power, update->rate), get_l2 (self, b, update->rate));
  strata_optimizer_assign (optimizer, b, update->slots[0], new);
  strata_optimizer_assign (optimizer, b, update->slots[1], linear);
  return strata_divide (b, strata_subtract (b, strata_clip (b, linear, -self->l1_regularization_strength,
                                                            self->l1_regularization_strength), linear), quadratic);
}

const StrataOptimizerInfo strata_optimizer_ftrl = {
  .object = {
    .name = "Ftrl",
    .title = "Ftrl",
    .description = "Follow the regularized leader: for wide models with many weights of 0 (McMahan and others, 2013)",
    .formula =
      "l ← l + g − (aₜ^−p − aₜ₋₁^−p)/learning_rate · w;  w ← (clip(l, −l1, l1) − l)/(aₜ^−p/learning_rate + 2·l2)",
    .params = params,
    .instance_size = sizeof (Ftrl),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"l1_regularization_strength\": 0.05, \"l2_regularization_strength\": 0.1}",
      "{\"learning_rate\": 0.1, \"learning_rate_power\": -0.7, \"beta\": 0.5, \"initial_accumulator_value\": 0.3}",
      "{\"learning_rate\": 0.1, \"l2_shrinkage_regularization_strength\": 0.2, \"weight_decay\": 0.01}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "accumulator", .start = get_start },
                                 { .name = "linear" }, { NULL } },
  .update = ftrl_update,
};
