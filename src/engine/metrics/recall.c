/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/hits.h"

static gboolean
recall_build (StrataMetric       *self,
              const StrataShape  *y_pred,
              GError            **error)
{
  strata_hits_add_states (self, "false_negatives");
  return TRUE;
}

static void
recall_update (StrataMetric  *self,
               StrataBuilder *b,
               StrataValue   *y_true,
               StrataValue   *y_pred,
               StrataValue   *weights)
{
  StrataConfusionCounts counts;

  strata_hits_count (self, b, y_true, y_pred, weights, &counts);
  strata_hits_add (self, b, counts.true_positives, counts.false_negatives);
}

const StrataMetricInfo strata_metric_recall = {
  .object = {
    .name = "Recall",
    .title = "Recall",
    .description = "How much of what is true was predicted",
    .formula = "true positives / (true positives + false negatives)",
    .params = strata_hits_params,
    .instance_size = sizeof (StrataHits),
    .samples = STRATA_HITS_SAMPLES,
    .configured = strata_hits_configured,
    .finalize = strata_hits_finalize,
  },
  .maximise = TRUE,
  .build = recall_build,
  .update = recall_update,
  .result = strata_hits_result,
};
