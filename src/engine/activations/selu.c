/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
selu_apply (StrataActivation *self,
            StrataBuilder    *b,
            StrataValue      *x)
{
  const double alpha = 1.6732632423543772, scale = 1.0507009873554805;
  StrataValue *zero = strata_builder_scalar (b, 0);
  StrataValue *below = strata_scale (b, strata_expm1 (b, strata_minimum (b, x, zero)), alpha);

  return strata_scale (b, strata_where (b, strata_greater (b, x, zero), x, below), scale);
}

const StrataActivationInfo strata_activation_selu = {
  .object = {
    .name = "selu",
    .title = "SELU",
    .description = "A scaled ELU that keeps signals at mean 0 and variance 1 (Klambauer and others, 2017)",
    .formula = "1.0507 · (x if x > 0, else 1.6733 · (exp(x) − 1))",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = selu_apply,
};
