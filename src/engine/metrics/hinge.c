/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_hinge = {
  .object = {
    .name = "Hinge",
    .title = "Hinge",
    .description = "How far predictions are short of a margin of 1",
    .formula = "mean(max(0, 1 − y·ŷ))",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_hinge,
};
