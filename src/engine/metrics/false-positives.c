/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/counts.h"

static void
false_positives_update (StrataMetric  *self,
                        StrataBuilder *b,
                        StrataValue   *y_true,
                        StrataValue   *y_pred,
                        StrataValue   *weights)
{
  StrataConfusionCounts counts;

  strata_confusion_count (&((StrataCounts *) self)->confusion, b, y_true, y_pred, weights, &counts);
  strata_metric_add_to (b, g_ptr_array_index (strata_metric_get_states (self), 0), counts.false_positives);
}

const StrataMetricInfo strata_metric_false_positives = {
  .object = {
    .name = "FalsePositives",
    .title = "False positives",
    .description = "How often yes was predicted wrongly",
    .formula = "Σ (y = 0 and ŷ > threshold)",
    .params = strata_counts_params,
    .instance_size = sizeof (StrataCounts),
    .samples = (const char *const[]){ "{}", "{\"thresholds\": 0.3}", "{\"thresholds\": [0.8, 0.2, 0.5]}", NULL },
    .configured = strata_counts_configured,
    .finalize = strata_counts_finalize,
  },
  .build = strata_counts_build,
  .update = false_positives_update,
  .result = strata_counts_result,
};
