/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_mean_absolute_error = {
  .object = {
    .name = "MeanAbsoluteError",
    .aliases = (const char *const[]){ "mae", NULL },
    .title = "Mean absolute error",
    .description = "Mean size of the errors, in the unit of the targets",
    .formula = "mean(|y − ŷ|)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_mean_absolute_error,
};
