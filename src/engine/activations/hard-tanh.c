/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
hard_tanh_apply (StrataActivation *self,
                 StrataBuilder    *b,
                 StrataValue      *x)
{
  return strata_clip (b, x, -1, 1);
}

const StrataActivationInfo strata_activation_hard_tanh = {
  .object = {
    .name = "hard_tanh",
    .title = "Hard tanh",
    .description = "Cuts numbers off at −1 and 1",
    .formula = "min(max(x, −1), 1)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = hard_tanh_apply,
};
