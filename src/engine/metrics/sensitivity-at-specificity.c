/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "metrics/trade-off.h"

static const StrataParam params[] = {
  STRATA_TRADE_OFF_PARAMS ("specificity", "The least specificity there must be"),
};

static StrataValue *
sensitivity_at_specificity_result (StrataMetric  *self,
                                   StrataBuilder *b)
{
  return strata_trade_off_best (self, b,
                                strata_trade_off_ratio (self, b, STRATA_TRUE_NEGATIVES, STRATA_FALSE_POSITIVES),
                                strata_trade_off_ratio (self, b, STRATA_TRUE_POSITIVES, STRATA_FALSE_NEGATIVES));
}

const StrataMetricInfo strata_metric_sensitivity_at_specificity = {
  .object = {
    .name = "SensitivityAtSpecificity",
    .title = "Sensitivity at specificity",
    .description = "How much of what is true can be found while at least so much of what is false is left out",
    .formula = "max sensitivity(t) over thresholds t with specificity(t) ≥ specificity",
    .params = params,
    .instance_size = sizeof (StrataTradeOff),
    .samples = (const char *const[]){
      "{\"specificity\": 0.5}",
      "{\"specificity\": 0.7, \"num_thresholds\": 20}",
      "{\"specificity\": 0.4, \"num_thresholds\": 50, \"class_id\": 1}",
      "{\"specificity\": 0.5, \"num_thresholds\": 1}",
      NULL },
    .configured = strata_trade_off_configured,
    .finalize = strata_trade_off_finalize,
  },
  .maximise = TRUE,
  .build = strata_trade_off_build,
  .update = strata_trade_off_update,
  .result = sensitivity_at_specificity_result,
};
