/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

typedef struct
{
  StrataMetric parent;
  gint64 axis;
} PearsonCorrelation;

static const StrataParam params[] = {
  STRATA_PARAM_AXIS (PearsonCorrelation),
  { NULL },
};

/* Mean 0 and variance 1. */
static StrataValue *
standardize (StrataBuilder *b,
             StrataValue   *x,
             int            axis)
{
  guint bit = strata_axis_bit (x, axis);
  StrataValue *centred = strata_subtract (b, x, strata_reduce_mean (b, x, bit, TRUE));

  return strata_divide (b, centred, strata_sqrt (b, strata_reduce_mean (b, strata_square (b, centred), bit, TRUE)));
}

static StrataValue *
pearson_correlation_values (StrataMetric  *self,
                            StrataBuilder *b,
                            StrataValue   *y_true,
                            StrataValue   *y_pred)
{
  int axis = ((PearsonCorrelation *) self)->axis;
  guint bit = strata_axis_bit (y_pred, axis);

  return strata_reduce_mean (b, strata_multiply (b, standardize (b, y_true, axis), standardize (b, y_pred, axis)), bit,
                             FALSE);
}

const StrataMetricInfo strata_metric_pearson_correlation = {
  .object = {
    .name = "PearsonCorrelation",
    .title = "Pearson correlation",
    .description = "How well a straight line tells predictions from targets: from −1 to 1",
    .formula = "cov(y, ŷ) / (σ(y) · σ(ŷ))",
    .params = params,
    .instance_size = sizeof (PearsonCorrelation),
    .samples = (const char *const[]){ "{}", "{\"axis\": 0}", NULL },
  },
  .maximise = TRUE,
  .values = pearson_correlation_values,
};
