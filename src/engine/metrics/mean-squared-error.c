/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_mean_squared_error = {
  .object = {
    .name = "MeanSquaredError",
    .aliases = (const char *const[]){ "mse", NULL },
    .title = "Mean squared error",
    .description = "Mean of the squares of the errors",
    .formula = "mean((y − ŷ)²)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_mean_squared_error,
};
