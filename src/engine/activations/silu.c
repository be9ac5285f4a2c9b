/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
silu_apply (StrataActivation *self,
            StrataBuilder    *b,
            StrataValue      *x)
{
  return strata_multiply (b, x, strata_sigmoid (b, x));
}

const StrataActivationInfo strata_activation_silu = {
  .object = {
    .name = "silu",
    .aliases = (const char *const[]){ "swish", NULL },
    .title = "SiLU",
    .description = "Smooth, and slightly negative before it rises; also called swish",
    .formula = "x · sigmoid(x)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = silu_apply,
};
