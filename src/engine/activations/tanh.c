/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
tanh_apply (StrataActivation *self,
            StrataBuilder    *b,
            StrataValue      *x)
{
  return strata_tanh (b, x);
}

const StrataActivationInfo strata_activation_tanh = {
  .object = {
    .name = "tanh",
    .title = "Tanh",
    .description = "Squeezes numbers to between −1 and 1",
    .formula = "(exp(x) − exp(−x)) / (exp(x) + exp(−x))",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = tanh_apply,
};
