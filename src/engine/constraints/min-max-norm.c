/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "constraints/norms.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataConstraint parent;
  double min_value, max_value, rate;
  StrataInts axis;
} MinMaxNorm;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, MinMaxNorm, min_value, "0.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 5,
                .title = "Minimum", .description = "The shortest that the weights of an output may be"),
  STRATA_PARAM (FLOAT, MinMaxNorm, max_value, "1.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 5,
                .title = "Maximum", .description = "The longest that they may be"),
  STRATA_PARAM (FLOAT, MinMaxNorm, rate, "1.0", .minimum = 0, .maximum = 1, .soft_maximum = 1, .title = "Rate",
                .description = "How much of what is wrong each step mends"),
  STRATA_PARAM (INTS, MinMaxNorm, axis, "0", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK, .title = "Axis",
                .description = "Along which dimensions lengths are measured: those of the inputs"),
  { NULL },
};

static StrataValue *
min_max_norm_apply (StrataConstraint *constraint,
                    StrataBuilder    *b,
                    StrataValue      *weight)
{
  MinMaxNorm *self = (MinMaxNorm *) constraint;
  StrataValue *norms = strata_constraint_norms (b, weight, &self->axis);
  StrataValue *clipped = strata_scale (b, strata_clip (b, norms, self->min_value, self->max_value), self->rate);

  return strata_constraint_rescale (b, weight, norms, strata_add (b, clipped, strata_scale (b, norms, 1 - self->rate)));
}

const StrataConstraintInfo strata_constraint_min_max_norm = {
  .object = {
    .name = "MinMaxNorm",
    .title = "Minimum and maximum norm",
    .description = "Keeps the length of the weights of an output within bounds",
    .formula = "w · (rate · clip(‖w‖, min, max) + (1 − rate) · ‖w‖) / ‖w‖",
    .params = params,
    .instance_size = sizeof (MinMaxNorm),
    .samples = (const char *const[]){
      "{}",
      "{\"min_value\": 0.5, \"max_value\": 0.8}",
      "{\"min_value\": 0.5, \"max_value\": 0.8, \"rate\": 0.3, \"axis\": 1}",
      "{\"min_value\": 2, \"max_value\": 3, \"axis\": [0, 1]}",
      NULL },
  },
  .apply = min_max_norm_apply,
};
