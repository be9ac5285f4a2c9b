/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/metric.h"
#include "ops/elementwise.h"

static StrataValue *
accuracy (StrataBuilder *b,
          StrataValue   *y_true,
          StrataValue   *y_pred)
{
  return strata_equal (b, y_true, y_pred);
}

const StrataMetricInfo strata_metric_accuracy = {
  .object = {
    .name = "Accuracy",
    .title = "Accuracy",
    .description = "How often predictions equal targets",
    .formula = "mean(y = ŷ)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .maximise = TRUE,
  .function = accuracy,
};
