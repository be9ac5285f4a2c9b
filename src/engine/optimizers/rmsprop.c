/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double rho, momentum, epsilon;
  gboolean centered;
} RmsProp;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (RmsProp, rho, "0.9", "Rho", "How slowly the average of squared gradients follows"),
  STRATA_PARAM (FLOAT, RmsProp, momentum, "0.0", .minimum = 0, .maximum = 1, .soft_maximum = 0.99, .title = "Momentum",
                .description = "How much of the last step is kept"),
  STRATA_PARAM_EPSILON (RmsProp, "1e-7"),
  STRATA_PARAM (BOOL, RmsProp, centered, "false", .title = "Centered",
                .description = "Whether to divide by the spread of the gradients rather than by their size"),
  { NULL },
};

static gboolean
has_momentum (StrataOptimizer *optimizer,
              StrataVariable  *weight)
{
  return ((RmsProp *) optimizer)->momentum > 0;
}

static gboolean
is_centered (StrataOptimizer *optimizer,
             StrataVariable  *weight)
{
  return ((RmsProp *) optimizer)->centered;
}

/* rho · average + (1 − rho) · value */
static StrataValue *
follow (RmsProp        *self,
        StrataBuilder  *b,
        StrataVariable *average,
        StrataValue    *value)
{
  StrataValue *new = strata_add (b, strata_scale (b, strata_builder_read (b, average), self->rho),
                                 strata_scale (b, value, 1 - self->rho));

  strata_optimizer_assign (&self->parent, b, average, new);
  return new;
}

static StrataValue *
rmsprop_update (StrataOptimizer    *optimizer,
                StrataBuilder      *b,
                const StrataUpdate *update)
{
  RmsProp *self = (RmsProp *) optimizer;
  StrataValue *spread = follow (self, b, update->slots[0], strata_slices_square (b, update->grad)), *step;

  if (self->centered)
    spread = strata_subtract (b, spread, strata_square (b, follow (self, b, update->slots[2], update->grad)));
  step = strata_divide (b, strata_multiply (b, update->rate, update->grad),
                        strata_sqrt (b, strata_offset (b, spread, self->epsilon)));
  if (self->momentum > 0)
    {
      step = strata_add (b, strata_scale (b, strata_builder_read (b, update->slots[1]), self->momentum), step);
      strata_optimizer_assign (optimizer, b, update->slots[1], step);
    }
  return strata_subtract (b, update->weight, step);
}

const StrataOptimizerInfo strata_optimizer_rmsprop = {
  .object = {
    .name = "RMSprop",
    .title = "RMSprop",
    .description = "Divides each gradient by its usual size (Hinton, 2012)",
    .formula = "v ← ρv + (1 − ρ)g²;  w ← w − learning_rate · g/√(v + ε)",
    .params = params,
    .instance_size = sizeof (RmsProp),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 0.1, \"momentum\": 0.9}",
      "{\"learning_rate\": 0.1, \"centered\": true, \"epsilon\": 0.001}",
      "{\"learning_rate\": 0.1, \"rho\": 0.5, \"momentum\": 0.5, \"centered\": true, \"epsilon\": 0.01}",
      "{\"weight_decay\": 0.1, \"use_ema\": true, \"ema_momentum\": 0.5}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "velocity" },
                                 { .name = "momentum", .group = 1, .wanted = has_momentum },
                                 { .name = "average_gradient", .group = 2, .wanted = is_centered },
                                 { NULL } },
  .update = rmsprop_update,
};
