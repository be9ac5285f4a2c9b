/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/adam-number.h"
#include "ops/elementwise-op.h"

/* A step of Adam is one op because it is most of the time that training a
 * network of dense layers takes: seven passes over memory, none more. */
STRATA_BLOCK_FUNCTION (adam)
{
  const StrataAdamRates rates = *(const StrataAdamRates *) attrs;
  const float *weight = in[0], *grad = in[1], *alpha = in[2], *old_m = in[3], *old_v = in[4];
  float *result = out[0], *new_m = out[1], *new_v = out[2];

  STRATA_INDEPENDENT
  for (gsize i = 0; i < n; i++)
    {
      float w = weight[i], m = old_m[i], v = old_v[i];

      strata_adam_number (&rates, grad[i], grad[i] * grad[i], alpha[i], &w, &m, &v);
      result[i] = w;
      new_m[i] = m;
      new_v[i] = v;
    }
}

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE_MANY (adam, 5, 3, NULL, .attrs_size = sizeof (StrataAdamRates))

/**
 * strata_adam: (skip)
 * @weight: what is trained
 * @grad: its gradient
 * @alpha: how far to go, corrected for averages that began at zero
 * @m: (inout): the moving average of gradients
 * @v: (inout): the moving average of their squares
 *
 * Returns: (transfer none): the weight after a step of Adam (Kingma and Ba, 2014)
 */
StrataValue *
strata_adam (StrataBuilder         *b,
             const StrataAdamRates *rates,
             StrataValue           *weight,
             StrataValue           *grad,
             StrataValue           *alpha,
             StrataValue          **m,
             StrataValue          **v)
{
  return strata_adam_emit (b, &strata_op_adam, rates, (StrataValue *[]){ weight, grad, alpha, *m, *v }, 5, m, v);
}
#endif
