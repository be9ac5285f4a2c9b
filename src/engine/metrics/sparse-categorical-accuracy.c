/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/labels.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/shaping.h"

static StrataValue *
sparse_categorical_accuracy (StrataBuilder *b,
                             StrataValue   *y_true,
                             StrataValue   *y_pred)
{
  StrataValue *matches = strata_equal (b, strata_metric_get_labels (b, y_true, y_pred), strata_argmax (b, y_pred, -1));

  if (matches->shape.rank > 1 && matches->shape.dims[matches->shape.rank - 1] == 1)
    matches = strata_squeeze (b, matches, -1);
  return matches;
}

const StrataMetricInfo strata_metric_sparse_categorical_accuracy = {
  .object = {
    .name = "SparseCategoricalAccuracy",
    .title = "Sparse categorical accuracy",
    .description = "How often the class thought most probable is the true one; targets are class numbers",
    .formula = "mean(y = argmax ŷ)",
    .instance_size = sizeof (StrataMetric),
    .samples = (const char *const[]){ "{}", NULL },
  },
  .maximise = TRUE,
  .raw = TRUE,
  .function = sparse_categorical_accuracy,
};
