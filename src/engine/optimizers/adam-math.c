/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "optimizers/adam-math.h"

#include "ops/adam.h"
#include "ops/elementwise.h"
#include "optimizers/slices.h"

/**
 * strata_adam_follow: (skip)
 * @average: a slot
 * @value: what it follows
 * @beta: how slowly
 *
 * Returns: (transfer none): the slot's new value, which is assigned
 */
StrataValue *
strata_adam_follow (StrataOptimizer *self,
                    StrataBuilder   *b,
                    StrataVariable  *average,
                    StrataValue     *value,
                    double           beta)
{
  StrataValue *old = strata_builder_read (b, average);
  StrataValue *new = strata_add (b, old, strata_scale (b, strata_subtract (b, value, old), 1 - beta));

  strata_optimizer_assign (self, b, average, new);
  return new;
}

/**
 * strata_adam_bias: (skip)
 *
 * Returns: (transfer none): 1 − betaᵗ: what a moving average that began at 0 has seen by step @step
 */
StrataValue *
strata_adam_bias (StrataBuilder *b,
                  StrataValue   *step,
                  double         beta)
{
  return strata_subtract (b, strata_builder_scalar (b, 1), strata_power (b, strata_builder_scalar (b, beta), step));
}

/**
 * strata_adam_step: (skip)
 *
 * Returns: (transfer none): the new weight after a step of Adam, whose third
 *   slot, where there is one, holds the largest velocity so far
 */
StrataValue *
strata_adam_step (StrataOptimizer    *self,
                  StrataBuilder      *b,
                  const StrataUpdate *update,
                  double              beta_1,
                  double              beta_2,
                  double              epsilon)
{
  StrataAdamRates rates = { 1 - beta_1, 1 - beta_2, epsilon };
  StrataValue *grad = update->grad, *indices, *rows;
  StrataValue *m = strata_builder_read (b, update->slots[0]), *v = strata_builder_read (b, update->slots[1]), *weight;
  StrataValue *alpha = strata_divide (b, strata_multiply (b, update->rate,
                                                          strata_sqrt (b, strata_adam_bias (b, update->step, beta_2))),
                                      strata_adam_bias (b, update->step, beta_1));

  if (strata_slices_get (grad, &indices, &rows))
    weight = strata_adam_slices (b, &rates, update->weight, indices, rows, alpha, &m, &v);
  else if (strata_slices_is (grad))
    weight = strata_adam_apart (b, &rates, update->weight, grad, strata_slices_square (b, grad), alpha, &m, &v);
  else
    weight = strata_adam (b, &rates, update->weight, grad, alpha, &m, &v);
  strata_optimizer_assign (self, b, update->slots[0], m);
  strata_optimizer_assign (self, b, update->slots[1], v);
  if (update->slots[2] == NULL)
    return weight;

  v = strata_maximum (b, strata_builder_read (b, update->slots[2]), v);
  strata_optimizer_assign (self, b, update->slots[2], v);
  return strata_subtract (b, update->weight,
                          strata_divide (b, strata_multiply (b, m, alpha),
                                         strata_offset (b, strata_sqrt (b, v), epsilon)));
}
