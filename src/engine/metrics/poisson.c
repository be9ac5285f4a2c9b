/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_poisson = {
  .object = {
    .name = "Poisson",
    .title = "Poisson",
    .description = "How unlikely counts are under the predicted rates",
    .formula = "mean(ŷ − y · log(ŷ))",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_poisson,
};
