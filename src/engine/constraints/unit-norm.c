/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "constraints/norms.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataConstraint parent;
  StrataInts axis;
} UnitNorm;

static const StrataParam params[] = {
  STRATA_PARAM (INTS, UnitNorm, axis, "0", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK, .title = "Axis",
                .description = "Along which dimensions lengths are measured: those of the inputs"),
  { NULL },
};

static StrataValue *
unit_norm_apply (StrataConstraint *constraint,
                 StrataBuilder    *b,
                 StrataValue      *weight)
{
  UnitNorm *self = (UnitNorm *) constraint;
  StrataValue *norms = strata_constraint_norms (b, weight, &self->axis);

  return strata_divide (b, weight, strata_offset (b, norms, STRATA_NORM_EPSILON));
}

const StrataConstraintInfo strata_constraint_unit_norm = {
  .object = {
    .name = "UnitNorm",
    .title = "Unit norm",
    .description = "Makes the weights of each output of length 1",
    .formula = "w / ‖w‖",
    .params = params,
    .instance_size = sizeof (UnitNorm),
    .samples = (const char *const[]){ "{}", "{\"axis\": 1}", "{\"axis\": [0, 1]}", NULL },
  },
  .apply = unit_norm_apply,
};
