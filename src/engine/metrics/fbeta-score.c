/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/f-score.h"

static const StrataParam params[] = {
  STRATA_PARAM_AVERAGE,
  STRATA_PARAM (FLOAT, StrataFScore, beta, "1.0", .minimum = G_MINFLOAT, .maximum = G_MAXFLOAT, .soft_minimum = 0.5,
                .soft_maximum = 2, .title = "Beta", .description = "How many times more recall counts than precision"),
  STRATA_PARAM_F_THRESHOLD,
  { NULL },
};

const StrataMetricInfo strata_metric_fbeta_score = {
  .object = {
    .name = "FBetaScore",
    .title = "F-beta score",
    .description = "Precision and recall in one, recall counting beta times as much",
    .formula = "(1 + β²) · precision · recall / (β² · precision + recall)",
    .params = params,
    .instance_size = sizeof (StrataFScore),
    .samples = (const char *const[]){
      "{}",
      "{\"average\": \"micro\", \"beta\": 2.0}",
      "{\"average\": \"macro\", \"beta\": 0.5, \"threshold\": 0.4}",
      "{\"average\": \"weighted\", \"beta\": 1.5}",
      NULL },
  },
  .default_name = "fbeta_score",
  .maximise = TRUE,
  .build = strata_f_score_build,
  .update = strata_f_score_update,
  .result = strata_f_score_result,
};
