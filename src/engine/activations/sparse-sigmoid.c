/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

static StrataValue *
sparse_sigmoid_apply (StrataActivation *self,
                      StrataBuilder    *b,
                      StrataValue      *x)
{
  StrataValue *line = strata_scale (b, strata_offset (b, x, 1), 0.5);
  StrataValue *above = strata_where (b, strata_greater_equal (b, x, strata_builder_scalar (b, 1)),
                                     strata_builder_scalar (b, 1), line);

  return strata_where (b, strata_less_equal (b, x, strata_builder_scalar (b, -1)), strata_builder_scalar (b, 0), above);
}

const StrataActivationInfo strata_activation_sparse_sigmoid = {
  .object = {
    .name = "sparse_sigmoid",
    .title = "Sparse sigmoid",
    .description = "A straight line from 0 at −1 to 1 at 1",
    .formula = "min(max((x + 1)/2, 0), 1)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = sparse_sigmoid_apply,
};
