/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
mish_apply (StrataActivation *self,
            StrataBuilder    *b,
            StrataValue      *x)
{
  return strata_multiply (b, x, strata_tanh (b, strata_softplus (b, x)));
}

const StrataActivationInfo strata_activation_mish = {
  .object = {
    .name = "mish",
    .title = "Mish",
    .description = "As SiLU, a little smoother",
    .formula = "x · tanh(softplus(x))",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = mish_apply,
};
