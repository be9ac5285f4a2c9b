/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/counts.h"

static void
true_negatives_update (StrataMetric  *self,
                       StrataBuilder *b,
                       StrataValue   *y_true,
                       StrataValue   *y_pred,
                       StrataValue   *weights)
{
  StrataConfusionCounts counts;

  strata_confusion_count (&((StrataCounts *) self)->confusion, b, y_true, y_pred, weights, &counts);
  strata_metric_add_to (b, g_ptr_array_index (strata_metric_get_states (self), 0), counts.true_negatives);
}

const StrataMetricInfo strata_metric_true_negatives = {
  .object = {
    .name = "TrueNegatives",
    .title = "True negatives",
    .description = "How often no was predicted rightly",
    .formula = "Σ (y = 0 and ŷ ≤ threshold)",
    .params = strata_counts_params,
    .instance_size = sizeof (StrataCounts),
    .samples = (const char *const[]){ "{}", "{\"thresholds\": 0.3}", "{\"thresholds\": [0.8, 0.2, 0.5]}", NULL },
    .configured = strata_counts_configured,
    .finalize = strata_counts_finalize,
  },
  .build = strata_counts_build,
  .update = true_negatives_update,
  .result = strata_counts_result,
};
