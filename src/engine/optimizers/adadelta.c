/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "optimizers/common-params.h"
#include "optimizers/slices.h"

typedef struct
{
  StrataOptimizer parent;
  double rho, epsilon;
} Adadelta;

static const StrataParam params[] = {
  STRATA_PARAM_BETA (Adadelta, rho, "0.95", "Rho", "How slowly the averages follow"),
  STRATA_PARAM_EPSILON (Adadelta, "1e-7"),
  { NULL },
};

static StrataValue *
root (Adadelta      *self,
      StrataBuilder *b,
      StrataValue   *x)
{
  return strata_sqrt (b, strata_offset (b, x, self->epsilon));
}

/* The average of @squares. */
static StrataValue *
follow (Adadelta       *self,
        StrataBuilder  *b,
        StrataVariable *average,
        StrataValue    *squares)
{
  StrataValue *new = strata_add (b, strata_scale (b, strata_builder_read (b, average), self->rho),
                                 strata_scale (b, squares, 1 - self->rho));

  strata_optimizer_assign (&self->parent, b, average, new);
  return new;
}

static StrataValue *
adadelta_update (StrataOptimizer    *optimizer,
                 StrataBuilder      *b,
                 const StrataUpdate *update)
{
  Adadelta *self = (Adadelta *) optimizer;
  StrataValue *steps = strata_builder_read (b, update->slots[1]);
  StrataValue *squares = strata_slices_square (b, update->grad);
  StrataValue *grads = follow (self, b, update->slots[0], squares);
  StrataValue *factor = strata_divide (b, root (self, b, steps), root (self, b, grads));

  follow (self, b, update->slots[1], strata_multiply (b, strata_square (b, factor), squares));
  return strata_subtract (b, update->weight,
                          strata_multiply (b, update->rate, strata_multiply (b, factor, update->grad)));
}

const StrataOptimizerInfo strata_optimizer_adadelta = {
  .object = {
    .name = "Adadelta",
    .title = "Adadelta",
    .description = "Adagrad that forgets, with steps measured by earlier steps (Zeiler, 2012)",
    .formula = "a ← ρa + (1 − ρ)g²;  Δ = −√(d + ε)/√(a + ε) · g;  d ← ρd + (1 − ρ)Δ²;  w ← w + learning_rate · Δ",
    .params = params,
    .instance_size = sizeof (Adadelta),
    .samples = (const char *const[]){
      "{}",
      "{\"learning_rate\": 1.0, \"rho\": 0.5, \"epsilon\": 0.01}",
      "{\"learning_rate\": 1.0, \"weight_decay\": 0.1, \"clipvalue\": 0.2}",
      NULL },
  },
  .slots = (const StrataSlot[]){ { .name = "accumulated_grad" },
                                 { .name = "accumulated_delta_var" }, { NULL } },
  .update = adadelta_update,
};
