/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "schedules/common-params.h"

typedef struct
{
  StrataSchedule parent;
  double initial_learning_rate, decay_steps, decay_rate;
  gboolean staircase;
  char *name;
} InverseTimeDecay;

static const StrataParam params[] = {
  STRATA_PARAM_INITIAL_RATE (InverseTimeDecay),
  STRATA_PARAM_STEPS (InverseTimeDecay, decay_steps, NULL, "Decay steps",
                      "In how many steps the divisor grows by the decay rate"),
  STRATA_PARAM (FLOAT, InverseTimeDecay, decay_rate, NULL, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Decay rate", .description = "How much the divisor grows"),
  STRATA_PARAM (BOOL, InverseTimeDecay, staircase, "false", .title = "Staircase",
                .description = "Whether it falls only when that many steps are done"),
  STRATA_PARAM_SCHEDULE_NAME (InverseTimeDecay, "InverseTimeDecay"),
  { NULL },
};

static StrataValue *
inverse_time_decay_rate (StrataSchedule *schedule,
                         StrataBuilder  *b,
                         StrataValue    *step)
{
  InverseTimeDecay *self = (InverseTimeDecay *) schedule;
  StrataValue *part = strata_divide (b, step, strata_builder_scalar (b, self->decay_steps));

  if (self->staircase)
    part = strata_floor (b, part);
  return strata_divide (b, strata_builder_scalar (b, self->initial_learning_rate),
                        strata_offset (b, strata_scale (b, part, self->decay_rate), 1));
}

const StrataScheduleInfo strata_schedule_inverse_time_decay = {
  .object = {
    .name = "InverseTimeDecay",
    .title = "Inverse time decay",
    .description = "Is divided by a number that grows evenly",
    .formula = "initial / (1 + rate · t/steps)",
    .params = params,
    .instance_size = sizeof (InverseTimeDecay),
    .samples = (const char *const[]){
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 3, \"decay_rate\": 0.5}",
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 3, \"decay_rate\": 0.5, \"staircase\": true}",
      NULL },
  },
  .rate = inverse_time_decay_rate,
};
