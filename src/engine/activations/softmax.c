/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/softmax.h"

static StrataValue *
softmax_apply (StrataActivation *self,
               StrataBuilder    *b,
               StrataValue      *x)
{
  return strata_softmax (b, x);
}

const StrataActivationInfo strata_activation_softmax = {
  .object = {
    .name = "softmax",
    .title = "Softmax",
    .description = "Makes probabilities of scores: all positive, together 1",
    .formula = "exp(xᵢ) / Σⱼ exp(xⱼ)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = softmax_apply,
};
