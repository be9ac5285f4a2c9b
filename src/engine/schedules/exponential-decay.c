/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "schedules/common-params.h"

typedef struct
{
  StrataSchedule parent;
  double initial_learning_rate, decay_steps, decay_rate;
  gboolean staircase;
  char *name;
} ExponentialDecay;

static const StrataParam params[] = {
  STRATA_PARAM_INITIAL_RATE (ExponentialDecay),
  STRATA_PARAM_STEPS (ExponentialDecay, decay_steps, NULL, "Decay steps", "In how many steps it falls by the factor"),
  STRATA_PARAM (FLOAT, ExponentialDecay, decay_rate, NULL, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Decay rate", .description = "The factor"),
  STRATA_PARAM (BOOL, ExponentialDecay, staircase, "false", .title = "Staircase",
                .description = "Whether it falls only when that many steps are done"),
  STRATA_PARAM_SCHEDULE_NAME (ExponentialDecay, "ExponentialDecay"),
  { NULL },
};

static StrataValue *
exponential_decay_rate (StrataSchedule *schedule,
                        StrataBuilder  *b,
                        StrataValue    *step)
{
  ExponentialDecay *self = (ExponentialDecay *) schedule;
  StrataValue *part = strata_divide (b, step, strata_builder_scalar (b, self->decay_steps));

  if (self->staircase)
    part = strata_floor (b, part);
  return strata_scale (b, strata_power (b, strata_builder_scalar (b, self->decay_rate), part),
                       self->initial_learning_rate);
}

const StrataScheduleInfo strata_schedule_exponential_decay = {
  .object = {
    .name = "ExponentialDecay",
    .title = "Exponential decay",
    .description = "Falls by the same factor again and again",
    .formula = "initial · rate^(t/steps)",
    .params = params,
    .instance_size = sizeof (ExponentialDecay),
    .samples = (const char *const[]){
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 3, \"decay_rate\": 0.5}",
      "{\"initial_learning_rate\": 0.1, \"decay_steps\": 3, \"decay_rate\": 0.5, \"staircase\": true}",
      NULL },
  },
  .rate = exponential_decay_rate,
};
