/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/metric.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"

static StrataValue *
categorical_accuracy (StrataBuilder *b,
                      StrataValue   *y_true,
                      StrataValue   *y_pred)
{
  return strata_equal (b, strata_argmax (b, y_true, -1), strata_argmax (b, y_pred, -1));
}

const StrataMetricInfo strata_metric_categorical_accuracy = {
  .object = {
    .name = "CategoricalAccuracy",
    .title = "Categorical accuracy",
    .description = "How often the class thought most probable is the true one; targets are one-hot",
    .formula = "mean(argmax y = argmax ŷ)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .maximise = TRUE,
  .raw = TRUE,
  .function = categorical_accuracy,
};
