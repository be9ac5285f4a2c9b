/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/softmax.h"

static StrataValue *
log_softmax_apply (StrataActivation *self,
                   StrataBuilder    *b,
                   StrataValue      *x)
{
  return strata_log_softmax (b, x);
}

const StrataActivationInfo strata_activation_log_softmax = {
  .object = {
    .name = "log_softmax",
    .title = "Log-softmax",
    .description = "Logarithms of probabilities",
    .formula = "xᵢ − log Σⱼ exp(xⱼ)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = log_softmax_apply,
};
