/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/hits.h"

static gboolean
precision_build (StrataMetric       *self,
                 const StrataShape  *y_pred,
                 GError            **error)
{
  strata_hits_add_states (self, "false_positives");
  return TRUE;
}

static void
precision_update (StrataMetric  *self,
                  StrataBuilder *b,
                  StrataValue   *y_true,
                  StrataValue   *y_pred,
                  StrataValue   *weights)
{
  StrataConfusionCounts counts;

  strata_hits_count (self, b, y_true, y_pred, weights, &counts);
  strata_hits_add (self, b, counts.true_positives, counts.false_positives);
}

const StrataMetricInfo strata_metric_precision = {
  .object = {
    .name = "Precision",
    .title = "Precision",
    .description = "How much of what was predicted is true",
    .formula = "true positives / (true positives + false positives)",
    .params = strata_hits_params,
    .instance_size = sizeof (StrataHits),
    .samples = STRATA_HITS_SAMPLES,
    .configured = strata_hits_configured,
    .finalize = strata_hits_finalize,
  },
  .maximise = TRUE,
  .build = precision_build,
  .update = precision_update,
  .result = strata_hits_result,
};
