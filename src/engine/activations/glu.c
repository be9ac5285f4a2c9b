/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static StrataValue *
glu_apply (StrataActivation *self,
           StrataBuilder    *b,
           StrataValue      *x)
{
  gint64 n = x->shape.rank > 0 ? x->shape.dims[x->shape.rank - 1] : 1;

  if (n % 2 != 0)
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "glu needs an even number of features, not %d", (int) n);
      return strata_builder_nothing (b);
    }
  return strata_multiply (b, strata_slice (b, x, -1, 0, n / 2),
                          strata_sigmoid (b, strata_slice (b, x, -1, n / 2, n / 2)));
}

const StrataActivationInfo strata_activation_glu = {
  .object = {
    .name = "glu",
    .title = "GLU",
    .description = "Gated linear unit: one half of the features, each opened or shut by the other half",
    .formula = "x₁ · sigmoid(x₂)",
    .instance_size = sizeof (StrataActivation),
  },
  .apply = glu_apply,
};
