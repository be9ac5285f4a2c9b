/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
softplus_apply (StrataActivation *self,
                StrataBuilder    *b,
                StrataValue      *x)
{
  return strata_softplus (b, x);
}

const StrataActivationInfo strata_activation_softplus = {
  .object = {
    .name = "softplus",
    .title = "Softplus",
    .description = "A ReLU with a soft bend",
    .formula = "log(1 + exp(x))",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = softplus_apply,
};
