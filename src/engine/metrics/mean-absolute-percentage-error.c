/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_mean_absolute_percentage_error = {
  .object = {
    .name = "MeanAbsolutePercentageError",
    .aliases = (const char *const[]){ "mape", NULL },
    .title = "Mean absolute percentage error",
    .description = "Mean size of the errors as a percentage of the targets",
    .formula = "100 · mean(|(y − ŷ)/y|)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_mean_absolute_percentage_error,
};
