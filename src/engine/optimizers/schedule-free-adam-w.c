/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/adam-math.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double beta_1, beta_2, epsilon;
  gint64 warmup_steps;
} ScheduleFreeAdamW;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (ScheduleFreeAdamW, beta_1, "0.9", "Beta 1",
                     "How far gradients are taken towards the average of all steps"),
  STRATA_PARAM_BETA (ScheduleFreeAdamW, beta_2, "0.999", "Beta 2", "How slowly the average of their squares follows"),
  STRATA_PARAM_EPSILON (ScheduleFreeAdamW, "1e-8"),
  STRATA_PARAM (INT, ScheduleFreeAdamW, warmup_steps, "0", .minimum = 0, .maximum = G_MAXINT32, .soft_maximum = 10000,
                .title = "Warm-up",
                .description = "Over how many steps the learning rate grows to what it is", .unit = "steps"),
  { NULL },
};

/* From @from to @to by @share. */
static StrataValue *
blend (StrataBuilder *b,
       StrataValue   *from,
       StrataValue   *to,
       StrataValue   *share)
{
  StrataValue *rest = strata_subtract (b, strata_builder_scalar (b, 1), share);

  return strata_add (b, strata_multiply (b, rest, from), strata_multiply (b, share, to));
}

/* Slot 0, Keras's momentum, is where steps are taken; the weight lies between it and the mean of where it was. */
static StrataValue *
schedule_free_update (StrataOptimizer    *optimizer,
                      StrataBuilder      *b,
                      const StrataUpdate *update)
{
  ScheduleFreeAdamW *self = (ScheduleFreeAdamW *) optimizer;
  StrataValue *z = strata_builder_read (b, update->slots[0]), *rate = update->rate, *mean, *spread, *moved;

  if (self->warmup_steps > 0)
    rate = strata_multiply (b, rate, strata_minimum (b, strata_scale (b, update->step, 1.0 / self->warmup_steps),
                                                     strata_builder_scalar (b, 1)));
  spread = strata_adam_follow (optimizer, b, update->slots[1], strata_slices_square (b, update->grad), self->beta_2);
  spread = strata_offset (b,
                          strata_sqrt (b, strata_divide (b, spread, strata_adam_bias (b, update->step, self->beta_2))),
                          self->epsilon);
  moved = strata_subtract (b, z, strata_divide (b, strata_multiply (b, rate, update->grad), spread));
  strata_optimizer_assign (optimizer, b, update->slots[0], moved);
  /* Keras looks at slot 0 after the step, not before as the paper does. */
  mean = strata_scale (b, strata_subtract (b, update->weight, strata_scale (b, moved, 1 - self->beta_1)),
                       1 / self->beta_1);
  mean = blend (b, mean, moved, strata_reciprocal (b, update->step));
  return blend (b, moved, mean, strata_builder_scalar (b, self->beta_1));
}

static gboolean
schedule_free_configured (StrataObject  *object,
                          GError       **error)
{
  if (((ScheduleFreeAdamW *) object)->beta_1 > 0)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE, "beta_1 must be above 0");
  return FALSE;
}

const StrataOptimizerInfo strata_optimizer_schedule_free_adam_w = {
  .object = {
    .name = "ScheduleFreeAdamW",
    .title = "AdamW without schedule",
    .description = "AdamW that averages its steps, so that the learning rate need not fall (Defazio and others, 2024)",
    .formula = "z ← z − learning_rate · g / (√v̂ + ε);  x ← mean of z;  w = (1 − β₁)z + β₁x",
    .params = params,
    .instance_size = sizeof (ScheduleFreeAdamW),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"beta_1\": 0.5, \"beta_2\": 0.9, \"epsilon\": 0.01}",
      "{\"learning_rate\": 0.1, \"warmup_steps\": 3, \"weight_decay\": 0.1}",
      NULL },
    .configured = schedule_free_configured,
  },
  .default_rate = "0.0025",
  .slots = (const StrataSlot[]){ { .name = "momentum", .copies = TRUE },
                                 { .name = "velocity" }, { NULL } },
  .update = schedule_free_update,
};
