/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "constraints/constraint.h"
#include "ops/elementwise.h"

static StrataValue *
non_neg_apply (StrataConstraint *self,
               StrataBuilder    *b,
               StrataValue      *weight)
{
  return strata_maximum (b, weight, strata_builder_scalar (b, 0));
}

const StrataConstraintInfo strata_constraint_non_neg = {
  .object = {
    .name = "NonNeg",
    .title = "Non-negative",
    .description = "Makes negative weights 0",
    .formula = "max(w, 0)",
    .instance_size = sizeof (StrataConstraint),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .apply = non_neg_apply,
};
