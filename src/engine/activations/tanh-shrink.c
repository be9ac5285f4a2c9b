/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
tanh_shrink_apply (StrataActivation *self,
                   StrataBuilder    *b,
                   StrataValue      *x)
{
  return strata_subtract (b, x, strata_tanh (b, x));
}

const StrataActivationInfo strata_activation_tanh_shrink = {
  .object = {
    .name = "tanh_shrink",
    .title = "Tanh shrink",
    .description = "What tanh takes away",
    .formula = "x − tanh(x)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = tanh_shrink_apply,
};
