/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/labels.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataMetric parent;
  gint64 k;
  gboolean from_sorted_ids;
} SparseTopK;

static const StrataParam params[] = {
  STRATA_PARAM (INT, SparseTopK, k, "5", .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 1,
                .soft_maximum = 10, .title = "K", .description = "How many guesses there are"),
  STRATA_PARAM (BOOL, SparseTopK, from_sorted_ids, "false", .omit_default = TRUE, .title = "From sorted ids",
                .description = "Whether predictions are class numbers, the most probable first, rather than scores"),
  { NULL },
};

/* Whether the label is among the first k numbers. */
static StrataValue *
find_label (SparseTopK    *self,
            StrataBuilder *b,
            StrataValue   *labels,
            StrataValue   *y_pred)
{
  gint64 n = MIN (self->k, y_pred->shape.dims[y_pred->shape.rank - 1]);
  StrataValue *first = strata_slice (b, y_pred, -1, 0, n);
  StrataValue *equal = strata_equal (b, strata_expand_dims (b, labels, -1), first);

  return strata_reduce_max (b, equal, strata_axis_bit (equal, -1), FALSE);
}

static StrataValue *
sparse_top_k_values (StrataMetric  *metric,
                     StrataBuilder *b,
                     StrataValue   *y_true,
                     StrataValue   *y_pred)
{
  SparseTopK *self = (SparseTopK *) metric;
  StrataValue *labels = strata_metric_get_labels (b, y_true, y_pred);

  return self->from_sorted_ids ? find_label (self, b, labels, y_pred)
                               : strata_metric_in_top_k (b, labels, y_pred, self->k);
}

const StrataMetricInfo strata_metric_sparse_top_k_categorical_accuracy = {
  .object = {
    .name = "SparseTopKCategoricalAccuracy",
    .title = "Sparse top-k accuracy",
    .description = "How often the true class is among the k thought most probable; targets are class numbers",
    .formula = "mean(y ∈ top k of ŷ)",
    .params = params,
    .instance_size = sizeof (SparseTopK),
    .samples = (const char *const[]){ "{}", "{\"k\": 2}", "{\"k\": 2, \"from_sorted_ids\": true}", NULL },
  },
  .maximise = TRUE,
  .raw = TRUE,
  .values = sparse_top_k_values,
};
