/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "optimizers/optimizer.h"

/* Parameters that many optimizers have. */
#define STRATA_PARAM_BETA(T, f, def, label, text) \
  STRATA_PARAM (FLOAT, T, f, def, .minimum = 0, .maximum = 1, .soft_minimum = 0.5, .soft_maximum = 0.9999,             \
                .title = label, .description = text)
#define STRATA_PARAM_EPSILON(T, def)                                                                              \
  STRATA_PARAM (FLOAT, T, epsilon, def, .minimum = 0, .maximum = G_MAXFLOAT, .soft_minimum = 1e-10,                    \
                .soft_maximum = 0.1,                                                                                   \
                .title = "Epsilon", .description = "A small number that keeps from dividing by zero")
