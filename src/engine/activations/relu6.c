/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
relu6_apply (StrataActivation *self,
             StrataBuilder    *b,
             StrataValue      *x)
{
  return strata_minimum (b, strata_relu (b, x), strata_builder_scalar (b, 6));
}

const StrataActivationInfo strata_activation_relu6 = {
  .object = {
    .name = "relu6",
    .title = "ReLU6",
    .description = "A ReLU that ends at 6",
    .formula = "min(max(x, 0), 6)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = relu6_apply,
};
