/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "schedules/schedule.h"

typedef struct
{
  StrataSchedule parent;
  double value;
} Constant;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Constant, value, "0.001", .minimum = 0, .maximum = G_MAXFLOAT, .soft_minimum = 1e-5,
                .soft_maximum = 1, .title = "Value", .description = "The rate at every step"),
  { NULL },
};

static StrataValue *
constant_rate (StrataSchedule *self,
               StrataBuilder  *b,
               StrataValue    *step)
{
  return strata_builder_scalar (b, ((Constant *) self)->value);
}

const StrataScheduleInfo strata_schedule_constant = {
  .object = {
    .name = "Constant",
    .title = "Constant",
    .description = "The same rate all the time",
    .formula = "value",
    .params = params,
    .instance_size = sizeof (Constant),
    .samples = (const char *const[]){ "{\"value\": 0.01}", NULL },
  },
  .rate = constant_rate,
};
