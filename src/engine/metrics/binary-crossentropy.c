/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "metrics/metric.h"

typedef struct
{
  StrataMetric parent;
  gboolean from_logits;
  double label_smoothing;
} BinaryCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (BinaryCrossentropy),
  STRATA_PARAM_LABEL_SMOOTHING (BinaryCrossentropy, "0"),
  { NULL },
};

static StrataValue *
binary_crossentropy_values (StrataMetric  *metric,
                            StrataBuilder *b,
                            StrataValue   *y_true,
                            StrataValue   *y_pred)
{
  BinaryCrossentropy *self = (BinaryCrossentropy *) metric;

  return strata_mean_along (b, strata_binary_crossentropy (b, y_true, y_pred, self->from_logits, self->label_smoothing),
                            -1);
}

const StrataMetricInfo strata_metric_binary_crossentropy = {
  .object = {
    .name = "BinaryCrossentropy",
    .aliases = (const char *const[]){ "bce", NULL },
    .title = "Binary crossentropy",
    .description = "For yes or no: the surer wrong predictions are, the larger",
    .formula = "−mean(y · log(p) + (1 − y) · log(1 − p))",
    .params = params,
    .instance_size = sizeof (BinaryCrossentropy),
    .samples = (const char *const[]){ "{}", "{\"from_logits\": true}", "{\"label_smoothing\": 0.2}", NULL },
  },
  .values = binary_crossentropy_values,
};
