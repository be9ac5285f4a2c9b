/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

typedef struct
{
  StrataMetric parent;
  gint64 axis;
} ConcordanceCorrelation;

static const StrataParam params[] = {
  STRATA_PARAM_AXIS (ConcordanceCorrelation),
  { NULL },
};

static StrataValue *
get_variance (StrataBuilder *b,
              StrataValue   *x,
              StrataValue   *mean,
              guint          bit)
{
  return strata_reduce_mean (b, strata_square (b, strata_subtract (b, x, mean)), bit, TRUE);
}

static StrataValue *
concordance_correlation_values (StrataMetric  *self,
                                StrataBuilder *b,
                                StrataValue   *y_true,
                                StrataValue   *y_pred)
{
  guint bit = strata_axis_bit (y_pred, ((ConcordanceCorrelation *) self)->axis);
  StrataValue *true_mean = strata_reduce_mean (b, y_true, bit, TRUE);
  StrataValue *pred_mean = strata_reduce_mean (b, y_pred, bit, TRUE);
  StrataValue *spread = strata_add (b, get_variance (b, y_true, true_mean, bit),
                                    get_variance (b, y_pred, pred_mean, bit));
  StrataValue *norm = strata_add (b, spread, strata_square (b, strata_subtract (b, true_mean, pred_mean)));
  StrataValue *product = strata_multiply (b, strata_subtract (b, y_true, pred_mean),
                                          strata_subtract (b, y_pred, pred_mean));

  return strata_reduce_mean (b, strata_divide (b, strata_scale (b, product, 2), strata_offset (b, norm, 1e-7)), bit,
                             FALSE);
}

const StrataMetricInfo strata_metric_concordance_correlation = {
  .object = {
    .name = "ConcordanceCorrelation",
    .title = "Concordance correlation",
    .description = "As correlation, but only the line y = ŷ counts (Lin, 1989)",
    .formula = "2 · cov(y, ŷ) / (σ²(y) + σ²(ŷ) + (μ(y) − μ(ŷ))²)",
    .params = params,
    .instance_size = sizeof (ConcordanceCorrelation),
    .samples = (const char *const[]){ "{}", "{\"axis\": 0}", NULL },
  },
  .maximise = TRUE,
  .values = concordance_correlation_values,
};
