/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
hard_silu_apply (StrataActivation *self,
                 StrataBuilder    *b,
                 StrataValue      *x)
{
  StrataValue *six = strata_builder_scalar (b, 6);

  return strata_multiply (b, x,
                          strata_divide (b, strata_minimum (b, strata_relu (b, strata_offset (b, x, 3)), six), six));
}

const StrataActivationInfo strata_activation_hard_silu = {
  .object = {
    .name = "hard_silu",
    .aliases = (const char *const[]){ "hard_swish", NULL },
    .title = "Hard SiLU",
    .description = "SiLU with a hard sigmoid; also called hard swish",
    .formula = "x · hard_sigmoid(x)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = hard_silu_apply,
};
