/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/trade-off.h"

static const StrataParam params[] = {
  STRATA_TRADE_OFF_PARAMS ("recall", "The least recall there must be"),
};

static StrataValue *
precision_at_recall_result (StrataMetric  *self,
                            StrataBuilder *b)
{
  return strata_trade_off_best (self, b,
                                strata_trade_off_ratio (self, b, STRATA_TRUE_POSITIVES, STRATA_FALSE_NEGATIVES),
                                strata_trade_off_ratio (self, b, STRATA_TRUE_POSITIVES, STRATA_FALSE_POSITIVES));
}

const StrataMetricInfo strata_metric_precision_at_recall = {
  .object = {
    .name = "PrecisionAtRecall",
    .title = "Precision at recall",
    .description = "The best precision while at least so much of what is true is predicted",
    .formula = "max precision(t) over thresholds t with recall(t) ≥ recall",
    .params = params,
    .instance_size = sizeof (StrataTradeOff),
    .samples = (const char *const[]){
      "{\"recall\": 0.5}",
      "{\"recall\": 0.7, \"num_thresholds\": 20}",
      "{\"recall\": 0.4, \"num_thresholds\": 50, \"class_id\": 1}",
      "{\"recall\": 0.5, \"num_thresholds\": 1}",
      NULL },
    .configured = strata_trade_off_configured,
    .finalize = strata_trade_off_finalize,
  },
  .maximise = TRUE,
  .build = strata_trade_off_build,
  .update = strata_trade_off_update,
  .result = precision_at_recall_result,
};
