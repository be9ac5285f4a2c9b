/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "metrics/metric.h"

typedef struct
{
  StrataMetric parent;
  gboolean from_logits;
  double label_smoothing;
  gint64 axis;
} CategoricalCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (CategoricalCrossentropy),
  STRATA_PARAM_LABEL_SMOOTHING (CategoricalCrossentropy, "0"),
  STRATA_PARAM_AXIS (CategoricalCrossentropy),
  { NULL },
};

static StrataValue *
categorical_crossentropy_values (StrataMetric  *metric,
                                 StrataBuilder *b,
                                 StrataValue   *y_true,
                                 StrataValue   *y_pred)
{
  CategoricalCrossentropy *self = (CategoricalCrossentropy *) metric;

  return strata_categorical_crossentropy (b, y_true, y_pred, self->from_logits, self->label_smoothing, self->axis);
}

const StrataMetricInfo strata_metric_categorical_crossentropy = {
  .object = {
    .name = "CategoricalCrossentropy",
    .aliases = (const char *const[]){ "cce", NULL },
    .title = "Categorical crossentropy",
    .description = "How improbable the true class was thought; targets are one-hot",
    .formula = "−Σ yⱼ · log(pⱼ)",
    .params = params,
    .instance_size = sizeof (CategoricalCrossentropy),
    .samples = (const char *const[]){
      "{}",
      "{\"from_logits\": true}",
      "{\"label_smoothing\": 0.2}",
      "{\"axis\": 1}",
      NULL },
  },
  .values = categorical_crossentropy_values,
};
