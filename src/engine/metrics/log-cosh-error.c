/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_log_cosh_error = {
  .object = {
    .name = "LogCoshError",
    .aliases = (const char *const[]){ "logcosh", "log_cosh", NULL },
    .title = "Log-cosh error",
    .description = "As the square for small errors, as the size for large ones",
    .formula = "mean(log(cosh(ŷ − y)))",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .default_name = "logcosh",
  .function = strata_log_cosh,
};
