/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/adam-number.h"
#include "ops/elementwise-op.h"

STRATA_BLOCK_FUNCTION (adam_apart)
{
  const StrataAdamRates rates = *(const StrataAdamRates *) attrs;
  const float *weight = in[0], *grad = in[1], *square = in[2], *alpha = in[3], *old_m = in[4], *old_v = in[5];
  float *result = out[0], *new_m = out[1], *new_v = out[2];

  STRATA_INDEPENDENT
  for (gsize i = 0; i < n; i++)
    {
      float w = weight[i], m = old_m[i], v = old_v[i];

      strata_adam_number (&rates, grad[i], square[i], alpha[i], &w, &m, &v);
      result[i] = w;
      new_m[i] = m;
      new_v[i] = v;
    }
}

#if STRATA_ISA_IS_BASE
STRATA_ELEMENTWISE_MANY (adam_apart, 6, 3, NULL, .attrs_size = sizeof (StrataAdamRates))

/**
 * strata_adam_apart: (skip)
 * @square: what the second average follows, other than the square of @grad
 *
 * Returns: (transfer none): the weight after a step of Adam; else like strata_adam()
 */
StrataValue *
strata_adam_apart (StrataBuilder          *b,
                   const StrataAdamRates  *rates,
                   StrataValue            *weight,
                   StrataValue            *grad,
                   StrataValue            *square,
                   StrataValue            *alpha,
                   StrataValue           **m,
                   StrataValue           **v)
{
  return strata_adam_emit (b, &strata_op_adam_apart, rates, (StrataValue *[]){ weight, grad, square, alpha, *m, *v }, 6,
                           m, v);
}
#endif
