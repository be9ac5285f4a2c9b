/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/metric.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataMetric parent;
  double threshold;
} BinaryAccuracy;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, BinaryAccuracy, threshold, "0.5", .title = "Threshold", .soft_maximum = 1,
                .description = "Above which a prediction means yes"),
  { NULL },
};

static StrataValue *
binary_accuracy_values (StrataMetric  *self,
                        StrataBuilder *b,
                        StrataValue   *y_true,
                        StrataValue   *y_pred)
{
  return strata_equal (b, y_true,
                       strata_greater (b, y_pred, strata_builder_scalar (b, ((BinaryAccuracy *) self)->threshold)));
}

const StrataMetricInfo strata_metric_binary_accuracy = {
  .object = {
    .name = "BinaryAccuracy",
    .title = "Binary accuracy",
    .description = "How often yes and no are told apart",
    .formula = "mean(y = (ŷ > threshold))",
    .params = params,
    .instance_size = sizeof (BinaryAccuracy),
    .samples = (const char *const[]){ "{}", "{\"threshold\": 0.3}", "{\"threshold\": 0.0}", NULL },
  },
  .maximise = TRUE,
  .values = binary_accuracy_values,
};
