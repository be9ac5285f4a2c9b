/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "constraints/norms.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataConstraint parent;
  double max_value;
  StrataInts axis;
} MaxNorm;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, MaxNorm, max_value, "2", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 5,
                .title = "Maximum", .description = "The longest that the weights of an output may be"),
  STRATA_PARAM (INTS, MaxNorm, axis, "0", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK, .title = "Axis",
                .description = "Along which dimensions lengths are measured: those of the inputs"),
  { NULL },
};

static StrataValue *
max_norm_apply (StrataConstraint *constraint,
                StrataBuilder    *b,
                StrataValue      *weight)
{
  MaxNorm *self = (MaxNorm *) constraint;
  StrataValue *norms = strata_constraint_norms (b, weight, &self->axis);

  return strata_constraint_rescale (b, weight, norms, strata_clip (b, norms, 0, self->max_value));
}

const StrataConstraintInfo strata_constraint_max_norm = {
  .object = {
    .name = "MaxNorm",
    .title = "Maximum norm",
    .description = "Shortens the weights of an output that are too long",
    .formula = "w · min(‖w‖, max) / ‖w‖",
    .params = params,
    .instance_size = sizeof (MaxNorm),
    .samples = (const char *const[]){
      "{}",
      "{\"max_value\": 0.5}",
      "{\"max_value\": 0.7, \"axis\": 1}",
      "{\"max_value\": 1, \"axis\": [0, 1]}",
      NULL },
  },
  .apply = max_norm_apply,
};
