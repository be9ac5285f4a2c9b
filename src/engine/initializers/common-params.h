/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "initializers/initializer.h"

/* Parameters that many initializers have. */
#define STRATA_PARAM_SEED(T)                                                \
  STRATA_PARAM (INT, T, seed, "null", .nullable = TRUE, .title = "Seed",    \
                .description = "Makes the same numbers each time")
#define STRATA_PARAM_FAN_AXES(T)                                                                               \
  STRATA_PARAM (INTS, T, input_axes, "null", .nullable = TRUE, .omit_default = TRUE, .title = "Input axes",    \
                .description = "Which dimensions of the weight count its inputs, where both are given"),       \
  STRATA_PARAM (INTS, T, output_axes, "null", .nullable = TRUE, .omit_default = TRUE, .title = "Output axes",  \
                .description = "Which dimensions of the weight count its outputs, where both are given")
