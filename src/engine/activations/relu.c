/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
relu_apply (StrataActivation *self,
            StrataBuilder    *b,
            StrataValue      *x)
{
  return strata_relu (b, x);
}

const StrataActivationInfo strata_activation_relu = {
  .object = {
    .name = "relu",
    .title = "ReLU",
    .description = "Keeps what is positive, makes the rest zero",
    .formula = "max(x, 0)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = relu_apply,
};
