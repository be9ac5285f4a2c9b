/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/param.h"

/* Parameters that crossentropies and metrics of them have. */
#define STRATA_PARAM_FROM_LOGITS(T)                                         \
  STRATA_PARAM (BOOL, T, from_logits, "false", .title = "From logits",      \
                .description = "Whether predictions are scores rather than probabilities")
#define STRATA_PARAM_LABEL_SMOOTHING(T, def)                                                        \
  STRATA_PARAM (FLOAT, T, label_smoothing, def, .minimum = 0, .maximum = 1, .soft_maximum = 0.3,    \
                .title = "Label smoothing", .description = "How much of the certainty is taken from the targets")
#define STRATA_PARAM_AXIS(T, ...)                                                                   \
  STRATA_PARAM (INT, T, axis, "-1", .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK, .title = "Axis", \
                .description = "The dimension that holds the classes", __VA_ARGS__)
#define STRATA_PARAM_FOCAL(T)                                                                       \
  STRATA_PARAM (FLOAT, T, alpha, "0.25", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1, .title = "Alpha", \
                .description = "Weight of the true class"),                                         \
  STRATA_PARAM (FLOAT, T, gamma, "2.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 5, .title = "Gamma", \
                .description = "How little samples count that are predicted well already")
#define STRATA_PARAM_REDUCED_AXIS(T)                                                                \
  STRATA_PARAM (INTS, T, axis, "null", .nullable = TRUE, .minimum = -STRATA_MAX_RANK, .maximum = STRATA_MAX_RANK, \
                .title = "Axis", .description = "Along which dimensions areas are summed; none for all")
