/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/trade-off.h"

static const StrataParam params[] = {
  STRATA_TRADE_OFF_PARAMS ("precision", "The least precision there must be"),
};

static StrataValue *
recall_at_precision_result (StrataMetric  *self,
                            StrataBuilder *b)
{
  return strata_trade_off_best (self, b,
                                strata_trade_off_ratio (self, b, STRATA_TRUE_POSITIVES, STRATA_FALSE_POSITIVES),
                                strata_trade_off_ratio (self, b, STRATA_TRUE_POSITIVES, STRATA_FALSE_NEGATIVES));
}

const StrataMetricInfo strata_metric_recall_at_precision = {
  .object = {
    .name = "RecallAtPrecision",
    .title = "Recall at precision",
    .description = "The best recall while at least so much of what is predicted is true",
    .formula = "max recall(t) over thresholds t with precision(t) ≥ precision",
    .params = params,
    .instance_size = sizeof (StrataTradeOff),
    .samples = (const char *const[]){
      "{\"precision\": 0.5}",
      "{\"precision\": 0.7, \"num_thresholds\": 20}",
      "{\"precision\": 0.4, \"num_thresholds\": 50, \"class_id\": 1}",
      "{\"precision\": 0.5, \"num_thresholds\": 1}",
      NULL },
    .configured = strata_trade_off_configured,
    .finalize = strata_trade_off_finalize,
  },
  .maximise = TRUE,
  .build = strata_trade_off_build,
  .update = strata_trade_off_update,
  .result = recall_at_precision_result,
};
