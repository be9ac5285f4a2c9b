/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
hard_sigmoid_apply (StrataActivation *self,
                    StrataBuilder    *b,
                    StrataValue      *x)
{
  StrataValue *six = strata_builder_scalar (b, 6);

  return strata_divide (b, strata_minimum (b, strata_relu (b, strata_offset (b, x, 3)), six), six);
}

const StrataActivationInfo strata_activation_hard_sigmoid = {
  .object = {
    .name = "hard_sigmoid",
    .title = "Hard sigmoid",
    .description = "A sigmoid of three straight lines",
    .formula = "min(max(x + 3, 0), 6) / 6",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = hard_sigmoid_apply,
};
