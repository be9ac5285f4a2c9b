/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "losses/loss.h"
#include "metrics/metric.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataMetric parent;
  gboolean from_logits;
  gint64 ignore_class;
  gint64 axis;
} SparseCategoricalCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (SparseCategoricalCrossentropy),
  STRATA_PARAM (INT, SparseCategoricalCrossentropy, ignore_class, "null", .nullable = TRUE, .title = "Ignored class",
                .description = "Samples of this class count as predicted without error"),
  STRATA_PARAM_AXIS (SparseCategoricalCrossentropy),
  { NULL },
};

/* Samples of the ignored class count as 0; only weights take them out of the mean, as in Keras. */
static void
sparse_categorical_crossentropy_update (StrataMetric  *metric,
                                        StrataBuilder *b,
                                        StrataValue   *y_true,
                                        StrataValue   *y_pred,
                                        StrataValue   *weights)
{
  SparseCategoricalCrossentropy *self = (SparseCategoricalCrossentropy *) metric;
  StrataValue *mask = strata_sparse_categorical_mask (b, y_true, y_pred, self->ignore_class, self->axis);
  StrataValue *values = strata_sparse_categorical_crossentropy (b, y_true, y_pred, self->from_logits,
                                                                self->ignore_class, self->axis);

  if (mask != NULL && weights != NULL)
    weights = strata_multiply (b, strata_loss_fit_weights (b, weights, mask), mask);
  strata_metric_update_mean (metric, b, values, weights);
}

const StrataMetricInfo strata_metric_sparse_categorical_crossentropy = {
  .object = {
    .name = "SparseCategoricalCrossentropy",
    .aliases = (const char *const[]){ "scce", NULL },
    .title = "Sparse categorical crossentropy",
    .description = "How improbable the true class was thought; targets are class numbers",
    .formula = "−log(p[y])",
    .params = params,
    .instance_size = sizeof (SparseCategoricalCrossentropy),
    .samples = (const char *const[]){ "{}", "{\"from_logits\": true}", "{\"ignore_class\": 1}", NULL },
  },
  .raw = TRUE,
  .update = sparse_categorical_crossentropy_update,
};
