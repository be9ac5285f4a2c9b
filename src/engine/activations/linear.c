/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"

static StrataValue *
linear_apply (StrataActivation *self,
              StrataBuilder    *b,
              StrataValue      *x)
{
  return x;
}

const StrataActivationInfo strata_activation_linear = {
  .object = {
    .name = "linear",
    .title = "Linear",
    .description = "Leaves the numbers as they are",
    .formula = "x",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = linear_apply,
};
