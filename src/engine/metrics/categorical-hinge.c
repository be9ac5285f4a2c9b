/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_categorical_hinge = {
  .object = {
    .name = "CategoricalHinge",
    .title = "Categorical hinge",
    .description = "How far the true class is short of leading all others by 1",
    .formula = "max(0, maxⱼ((1 − yⱼ)ŷⱼ) − Σ yⱼŷⱼ + 1)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_categorical_hinge,
};
