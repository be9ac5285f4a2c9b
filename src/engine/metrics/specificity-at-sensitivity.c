/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/trade-off.h"

static const StrataParam params[] = {
  STRATA_TRADE_OFF_PARAMS ("sensitivity", "The least sensitivity there must be"),
};

static StrataValue *
specificity_at_sensitivity_result (StrataMetric  *self,
                                   StrataBuilder *b)
{
  return strata_trade_off_best (self, b,
                                strata_trade_off_ratio (self, b, STRATA_TRUE_POSITIVES, STRATA_FALSE_NEGATIVES),
                                strata_trade_off_ratio (self, b, STRATA_TRUE_NEGATIVES, STRATA_FALSE_POSITIVES));
}

const StrataMetricInfo strata_metric_specificity_at_sensitivity = {
  .object = {
    .name = "SpecificityAtSensitivity",
    .title = "Specificity at sensitivity",
    .description = "How much of what is false can be left out while at least so much of what is true is found",
    .formula = "max specificity(t) over thresholds t with sensitivity(t) ≥ sensitivity",
    .params = params,
    .instance_size = sizeof (StrataTradeOff),
    .samples = (const char *const[]){
      "{\"sensitivity\": 0.5}",
      "{\"sensitivity\": 0.7, \"num_thresholds\": 20}",
      "{\"sensitivity\": 0.4, \"num_thresholds\": 50, \"class_id\": 1}",
      "{\"sensitivity\": 0.5, \"num_thresholds\": 1}",
      NULL },
    .configured = strata_trade_off_configured,
    .finalize = strata_trade_off_finalize,
  },
  .maximise = TRUE,
  .build = strata_trade_off_build,
  .update = strata_trade_off_update,
  .result = specificity_at_sensitivity_result,
};
