/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/f-score.h"

static const StrataParam params[] = {
  STRATA_PARAM_AVERAGE,
  STRATA_PARAM_F_THRESHOLD,
  { NULL },
};

static gboolean
f1_score_configured (StrataObject  *object,
                     GError       **error)
{
  ((StrataFScore *) object)->beta = 1;
  return TRUE;
}

const StrataMetricInfo strata_metric_f1_score = {
  .object = {
    .name = "F1Score",
    .title = "F1 score",
    .description = "Precision and recall in one: high only where both are",
    .formula = "2 · precision · recall / (precision + recall)",
    .params = params,
    .instance_size = sizeof (StrataFScore),
    .samples = (const char *const[]){
      "{}", "{\"average\": \"micro\"}", "{\"average\": \"macro\", \"threshold\": 0.4}",
      "{\"average\": \"weighted\"}", NULL },
    .configured = f1_score_configured,
  },
  .default_name = "f1_score",
  .maximise = TRUE,
  .build = strata_f_score_build,
  .update = strata_f_score_update,
  .result = strata_f_score_result,
};
