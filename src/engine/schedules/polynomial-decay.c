/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "schedules/common-params.h"

typedef struct
{
  StrataSchedule parent;
  double initial_learning_rate, decay_steps, end_learning_rate, power;
  gboolean cycle;
  char *name;
} PolynomialDecay;

static const StrataParam params[] = {
  STRATA_PARAM_INITIAL_RATE (PolynomialDecay),
  STRATA_PARAM_STEPS (PolynomialDecay, decay_steps, NULL, "Decay steps", "After how many steps the end is reached"),
  STRATA_PARAM (FLOAT, PolynomialDecay, end_learning_rate, "0.0001", .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 0.1, .title = "End rate", .description = "The rate at the end"),
  STRATA_PARAM (FLOAT, PolynomialDecay, power, "1.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_minimum = 0.5,
                .soft_maximum = 4,
                .title = "Power", .description = "1 for a straight line; more falls faster at first"),
  STRATA_PARAM (BOOL, PolynomialDecay, cycle, "false", .title = "Cycle",
                .description = "Whether it begins again, with more steps each time, instead of staying at the end"),
  STRATA_PARAM_SCHEDULE_NAME (PolynomialDecay, "PolynomialDecay"),
  { NULL },
};

static StrataValue *
polynomial_decay_rate (StrataSchedule *schedule,
                       StrataBuilder  *b,
                       StrataValue    *step)
{
  PolynomialDecay *self = (PolynomialDecay *) schedule;
  StrataValue *one = strata_builder_scalar (b, 1), *steps = strata_builder_scalar (b, self->decay_steps), *part, *left;

  if (self->cycle)
    {
      StrataValue *begun = strata_ceil (b, strata_divide (b, step, steps));

      steps = strata_multiply (b, steps,
                               strata_where (b, strata_equal (b, step, strata_builder_scalar (b, 0)), one, begun));
    }
  else
    step = strata_minimum (b, step, steps);
  part = strata_divide (b, step, steps);
  left = strata_power (b, strata_subtract (b, one, part), strata_builder_scalar (b, self->power));
  return strata_offset (b, strata_scale (b, left, self->initial_learning_rate - self->end_learning_rate),
                        self->end_learning_rate);
}

const StrataScheduleInfo strata_schedule_polynomial_decay = {
  .object = {
    .name = "PolynomialDecay",
    .title = "Polynomial decay",
    .description = "Falls along a line or curve to an end",
    .formula = "(initial − end) · (1 − t/steps)^power + end",
    .params = params,
    .instance_size = sizeof (PolynomialDecay),
    .samples = (const char *const[]){
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 4}",
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 4, \"end_learning_rate\": 0.01, \"power\": 2.0}",
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 3, \"power\": 0.5, \"cycle\": true}",
      NULL },
  },
  .rate = polynomial_decay_rate,
};
