/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
log_sigmoid_apply (StrataActivation *self,
                   StrataBuilder    *b,
                   StrataValue      *x)
{
  return strata_negative (b, strata_softplus (b, strata_negative (b, x)));
}

const StrataActivationInfo strata_activation_log_sigmoid = {
  .object = {
    .name = "log_sigmoid",
    .title = "Log sigmoid",
    .description = "Logarithm of the sigmoid",
    .formula = "−log(1 + exp(−x))",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = log_sigmoid_apply,
};
