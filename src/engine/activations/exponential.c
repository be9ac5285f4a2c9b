/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
exponential_apply (StrataActivation *self,
                   StrataBuilder    *b,
                   StrataValue      *x)
{
  return strata_exp (b, x);
}

const StrataActivationInfo strata_activation_exponential = {
  .object = {
    .name = "exponential",
    .title = "Exponential",
    .description = "Makes all numbers positive",
    .formula = "exp(x)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = exponential_apply,
};
