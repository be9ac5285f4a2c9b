/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "schedules/schedule.h"

/* Parameters that many schedules have. */
#define STRATA_PARAM_INITIAL_RATE(T)                                                                        \
  STRATA_PARAM (FLOAT, T, initial_learning_rate, NULL, .minimum = 0, .maximum = G_MAXFLOAT, .soft_minimum = 1e-5, \
                .soft_maximum = 1, .title = "Initial rate", .description = "The rate of the first step")
#define STRATA_PARAM_STEPS(T, f, def, label, text)                                                          \
  STRATA_PARAM (FLOAT, T, f, def, .minimum = G_MINFLOAT, .maximum = G_MAXFLOAT, .soft_minimum = 1,                     \
                .soft_maximum = 100000,                                                                                \
                .title = label, .unit = "steps", .description = text)
#define STRATA_PARAM_SCHEDULE_NAME(T, def) \
  STRATA_PARAM (STRING, T, name, "\"" def "\"", .nullable = TRUE, .title = "Name",                                     \
                .description = "What the schedule is called in files")
