/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "metrics/metric.h"

const StrataMetricInfo strata_metric_kl_divergence = {
  .object = {
    .name = "KLDivergence",
    .aliases = (const char *const[]){ "kld", "kullback_leibler_divergence", NULL },
    .title = "Kullback–Leibler divergence",
    .description = "How far the predicted distribution is from the true one",
    .formula = "Σ y · log(y/ŷ)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .function = strata_kl_divergence,
};
