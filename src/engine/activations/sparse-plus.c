/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
sparse_plus_apply (StrataActivation *self,
                   StrataBuilder    *b,
                   StrataValue      *x)
{
  StrataValue *bend = strata_scale (b, strata_square (b, strata_offset (b, x, 1)), 0.25);
  StrataValue *above = strata_where (b, strata_less (b, x, strata_builder_scalar (b, 1)), bend, x);

  return strata_where (b, strata_less_equal (b, x, strata_builder_scalar (b, -1)), strata_builder_scalar (b, 0), above);
}

const StrataActivationInfo strata_activation_sparse_plus = {
  .object = {
    .name = "sparse_plus",
    .title = "Sparse plus",
    .description = "Softplus that is exactly 0 below −1",
    .formula = "0 if x ≤ −1, (x + 1)²/4 if x < 1, else x",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = sparse_plus_apply,
};
