/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/labels.h"
#include "metrics/metric.h"
#include "ops/indexing.h"

typedef struct
{
  StrataMetric parent;
  gint64 k;
} TopK;

static const StrataParam params[] = {
  STRATA_PARAM (INT, TopK, k, "5", .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 10, .title = "K", .description = "How many guesses there are"),
  { NULL },
};

static StrataValue *
top_k_values (StrataMetric  *metric,
              StrataBuilder *b,
              StrataValue   *y_true,
              StrataValue   *y_pred)
{
  return strata_metric_in_top_k (b, strata_argmax (b, y_true, -1), y_pred, ((TopK *) metric)->k);
}

const StrataMetricInfo strata_metric_top_k_categorical_accuracy = {
  .object = {
    .name = "TopKCategoricalAccuracy",
    .title = "Top-k accuracy",
    .description = "How often the true class is among the k thought most probable; targets are one-hot",
    .formula = "mean(y ∈ top k of ŷ)",
    .params = params,
    .instance_size = sizeof (TopK),
    .samples = (const char *const[]){ "{}", "{\"k\": 2}", NULL },
  },
  .maximise = TRUE,
  .raw = TRUE,
  .values = top_k_values,
};
