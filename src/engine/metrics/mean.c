/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/metric.h"

/* Keras's Mean takes values alone; given targets and predictions it is the mean of the predictions. */
static StrataValue *
mean (StrataBuilder *b,
      StrataValue   *y_true,
      StrataValue   *y_pred)
{
  return y_pred;
}

const StrataMetricInfo strata_metric_mean = {
  .object = {
    .name = "Mean",
    .title = "Mean",
    .description = "Mean of the predictions",
    .formula = "mean(ŷ)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .raw = TRUE,
  .function = mean,
};
