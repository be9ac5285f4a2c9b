/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/adam-math.h"
#include "optimizers/common-params.h"
#include "optimizers/optimizer-private.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double beta_1, beta_2, epsilon;
  StrataVariable *u_product;
  StrataValue *product; /* while a step is emitted: the new u_product */
} Nadam;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (Nadam, beta_1, "0.9", "Beta 1", "How slowly the average of the gradients follows"),
  STRATA_PARAM_BETA (Nadam, beta_2, "0.999", "Beta 2", "How slowly the average of their squares follows"),
  STRATA_PARAM_EPSILON (Nadam, "1e-7"),
  { NULL },
};

/* Momentum grows towards beta_1. */
static StrataValue *
get_momentum (Nadam         *self,
              StrataBuilder *b,
              StrataValue   *step)
{
  StrataValue *power = strata_power (b, strata_builder_scalar (b, 0.96), step);

  return strata_scale (b, strata_subtract (b, strata_builder_scalar (b, 1), strata_scale (b, power, 0.5)),
                       self->beta_1);
}

static gboolean
nadam_build (StrataOptimizer  *optimizer,
             GError          **error)
{
  Nadam *self = (Nadam *) optimizer;
  StrataOptimizerPrivate *priv = strata_optimizer_get_private (optimizer);

  self->u_product = strata_optimizer_add_variable (optimizer, "u_product", STRATA_FLOAT32, 1);
  /* It has the type of the first weight. */
  if (priv->weights->len > 0)
    g_hash_table_insert (priv->subjects, self->u_product, g_ptr_array_index (priv->weights, 0));
  return TRUE;
}

static void
nadam_begin (StrataOptimizer *optimizer,
             StrataBuilder   *b,
             StrataValue     *step)
{
  Nadam *self = (Nadam *) optimizer;

  self->product = strata_multiply (b, strata_builder_read (b, self->u_product), get_momentum (self, b, step));
  strata_optimizer_assign (optimizer, b, self->u_product, self->product);
}

static StrataValue *
nadam_update (StrataOptimizer    *optimizer,
              StrataBuilder      *b,
              const StrataUpdate *update)
{
  Nadam *self = (Nadam *) optimizer;
  StrataValue *one = strata_builder_scalar (b, 1);
  StrataValue *u = get_momentum (self, b, update->step);
  StrataValue *u_next = get_momentum (self, b, strata_offset (b, update->step, 1));
  StrataValue *m = strata_adam_follow (optimizer, b, update->slots[0], update->grad, self->beta_1);
  StrataValue *v = strata_adam_follow (optimizer, b, update->slots[1], strata_slices_square (b, update->grad),
                                       self->beta_2);
  StrataValue *ahead = strata_divide (b, u_next, strata_subtract (b, one, strata_multiply (b, self->product, u_next)));
  StrataValue *now = strata_divide (b, strata_subtract (b, one, u), strata_subtract (b, one, self->product));
  StrataValue *step = strata_add (b, strata_multiply (b, ahead, m), strata_multiply (b, now, update->grad));
  StrataValue *spread = strata_sqrt (b, strata_divide (b, v, strata_adam_bias (b, update->step, self->beta_2)));

  return strata_subtract (b, update->weight,
                          strata_divide (b, strata_multiply (b, step, update->rate),
                                         strata_offset (b, spread, self->epsilon)));
}

const StrataOptimizerInfo strata_optimizer_nadam = {
  .object = {
    .name = "Nadam",
    .title = "Nadam",
    .description = "Adam that looks ahead as Nesterov's momentum does (Dozat, 2016)",
    .formula = "as Adam, with m̂ = μₜ₊₁m/(1 − Πμ) + (1 − μₜ)g/(1 − Πμ)",
    .params = params,
    .instance_size = sizeof (Nadam),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"beta_1\": 0.5, \"beta_2\": 0.9, \"epsilon\": 0.01}",
      "{\"learning_rate\": 0.1, \"weight_decay\": 0.1, \"gradient_accumulation_steps\": 2}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "momentum" },
                                 { .name = "velocity" }, { NULL } },
  .build = nadam_build,
  .begin = nadam_begin,
  .update = nadam_update,
};
