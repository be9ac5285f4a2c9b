/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
sigmoid_apply (StrataActivation *self,
               StrataBuilder    *b,
               StrataValue      *x)
{
  return strata_sigmoid (b, x);
}

const StrataActivationInfo strata_activation_sigmoid = {
  .object = {
    .name = "sigmoid",
    .title = "Sigmoid",
    .description = "Squeezes numbers to between 0 and 1: how sure a yes is",
    .formula = "1 / (1 + exp(−x))",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = sigmoid_apply,
};
