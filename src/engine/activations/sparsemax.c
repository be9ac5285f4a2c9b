/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/softmax.h"

static StrataValue *
sparsemax_apply (StrataActivation *self,
                 StrataBuilder    *b,
                 StrataValue      *x)
{
  return strata_sparsemax (b, x);
}

const StrataActivationInfo strata_activation_sparsemax = {
  .object = {
    .name = "sparsemax",
    .title = "Sparsemax",
    .description = "Probabilities of scores, exactly 0 for low ones (Martins and Astudillo, 2016)",
    .formula = "max(xᵢ − τ, 0), with τ such that they sum to 1",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = sparsemax_apply,
};
