/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
softsign_apply (StrataActivation *self,
                StrataBuilder    *b,
                StrataValue      *x)
{
  return strata_divide (b, x, strata_offset (b, strata_absolute (b, x), 1));
}

const StrataActivationInfo strata_activation_softsign = {
  .object = {
    .name = "softsign",
    .title = "Softsign",
    .description = "As tanh, with slower ends",
    .formula = "x / (1 + |x|)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = softsign_apply,
};
