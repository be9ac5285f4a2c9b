/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataMetric parent;
  gint64 axis;
} CosineSimilarity;

static const StrataParam params[] = {
  STRATA_PARAM_AXIS (CosineSimilarity, .omit_default = TRUE),
  { NULL },
};

static StrataValue *
cosine_similarity_values (StrataMetric  *self,
                          StrataBuilder *b,
                          StrataValue   *y_true,
                          StrataValue   *y_pred)
{
  return strata_negative (b, strata_cosine_similarity (b, y_true, y_pred, ((CosineSimilarity *) self)->axis));
}

const StrataMetricInfo strata_metric_cosine_similarity = {
  .object = {
    .name = "CosineSimilarity",
    .title = "Cosine similarity",
    .description = "1 where target and prediction point the same way, −1 where they point opposite ways",
    .formula = "Σ (y/‖y‖ · ŷ/‖ŷ‖)",
    .params = params,
    .instance_size = sizeof (CosineSimilarity),
    .samples = (const char *const[]){ "{}", "{\"axis\": 1}", NULL },
  },
  .maximise = TRUE,
  .values = cosine_similarity_values,
};
