/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLoss parent;
  gboolean from_logits;
  double label_smoothing;
  gint64 axis;
} BinaryCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (BinaryCrossentropy),
  STRATA_PARAM_LABEL_SMOOTHING (BinaryCrossentropy, "0.0"),
  STRATA_PARAM_AXIS (BinaryCrossentropy),
  { NULL },
};

/* softplus (x) − x·y: exact however sure the prediction is. */
static StrataValue *
from_logits (StrataBuilder *b,
             StrataValue   *y_true,
             StrataValue   *logits)
{
  return strata_subtract (b, strata_softplus (b, logits), strata_multiply (b, logits, y_true));
}

static StrataValue *
from_probabilities (StrataBuilder *b,
                    StrataValue   *y_true,
                    StrataValue   *y_pred)
{
  StrataValue *one = strata_builder_scalar (b, 1);
  StrataValue *p = strata_clip (b, y_pred, STRATA_LOSS_EPSILON, 1 - STRATA_LOSS_EPSILON);
  StrataValue *yes = strata_multiply (b, y_true, strata_log (b, p));
  StrataValue *no = strata_multiply (b, strata_subtract (b, one, y_true), strata_log (b, strata_subtract (b, one, p)));

  return strata_negative (b, strata_add (b, yes, no));
}

StrataValue *
strata_binary_crossentropy (StrataBuilder *b,
                            StrataValue   *y_true,
                            StrataValue   *y_pred,
                            gboolean       logits,
                            double         label_smoothing)
{
  StrataValue *scores = strata_loss_find_logits (y_pred);

  if (scores == NULL && logits)
    scores = y_pred;
  if (label_smoothing > 0)
    y_true = strata_offset (b, strata_scale (b, y_true, 1 - label_smoothing), label_smoothing / 2);
  return scores != NULL ? from_logits (b, y_true, scores) : from_probabilities (b, y_true, y_pred);
}

static StrataValue *
binary_crossentropy_call (StrataLoss    *loss,
                          StrataBuilder *b,
                          StrataValue   *y_true,
                          StrataValue   *y_pred)
{
  BinaryCrossentropy *self = (BinaryCrossentropy *) loss;

  return strata_mean_along (b, strata_binary_crossentropy (b, y_true, y_pred, self->from_logits, self->label_smoothing),
                            self->axis);
}

const StrataLossInfo strata_loss_binary_crossentropy = {
  .object = {
    .name = "BinaryCrossentropy",
    .aliases = (const char *const[]){ "bce", NULL },
    .title = "Binary crossentropy",
    .description = "For yes or no: the surer a wrong prediction, the larger",
    .formula = "−mean(y · log(p) + (1 − y) · log(1 − p))",
    .params = params,
    .instance_size = sizeof (BinaryCrossentropy),
    .samples = (const char *const[]){
      "{}",
      "{\"from_logits\": true}",
      "{\"label_smoothing\": 0.2}",
      "{\"from_logits\": true, \"label_smoothing\": 0.1, \"reduction\": \"sum\"}",
      "{\"axis\": 1}",
      NULL },
  },
  .call = binary_crossentropy_call,
};
