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
    .description = "As softmax, but exactly 0 for low scores (Martins and Astudillo, 2016); with the numbers that "
                   "Keras gives",
    .formula = "max(xᵢ − τ, 0), τ from the highest scores",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = sparsemax_apply,
};
