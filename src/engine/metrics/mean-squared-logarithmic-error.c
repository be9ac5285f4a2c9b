/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_mean_squared_logarithmic_error = {
  .object = {
    .name = "MeanSquaredLogarithmicError",
    .aliases = (const char *const[]){ "msle", NULL },
    .title = "Mean squared logarithmic error",
    .description = "Mean square of the differences of logarithms",
    .formula = "mean((log(1 + y) − log(1 + ŷ))²)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_mean_squared_logarithmic_error,
};
