/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "losses/loss.h"
#include "losses/move-axis.h"
#include "ops/elementwise.h"
#include "ops/softmax.h"

typedef struct
{
  StrataLoss parent;
  gboolean from_logits;
  double label_smoothing;
  gint64 axis;
} CategoricalCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (CategoricalCrossentropy),
  STRATA_PARAM_LABEL_SMOOTHING (CategoricalCrossentropy, "0.0"),
  STRATA_PARAM_AXIS (CategoricalCrossentropy),
  { NULL },
};

static StrataValue *
log_probabilities (StrataBuilder *b,
                   StrataValue   *y_pred)
{
  StrataValue *sum = strata_reduce_sum (b, y_pred, strata_axis_bit (y_pred, -1), TRUE);

  return strata_log (b, strata_clip (b, strata_divide (b, y_pred, sum), STRATA_LOSS_EPSILON, 1 - STRATA_LOSS_EPSILON));
}

StrataValue *
strata_categorical_crossentropy (StrataBuilder *b,
                                 StrataValue   *y_true,
                                 StrataValue   *y_pred,
                                 gboolean       logits,
                                 double         label_smoothing,
                                 int            axis)
{
  StrataValue *scores = strata_loss_find_logits (y_pred);

  if (scores == NULL && logits)
    scores = y_pred;
  /* Keras spreads the smoothing over the last dimension, whatever the axis. */
  if (label_smoothing > 0 && y_true->shape.rank > 0)
    y_true = strata_offset (b, strata_scale (b, y_true, 1 - label_smoothing),
                            label_smoothing / y_true->shape.dims[y_true->shape.rank - 1]);
  y_true = strata_move_axis_last (b, y_true, axis);
  if (scores != NULL)
    scores = strata_log_softmax (b, strata_move_axis_last (b, scores, axis));
  else
    scores = log_probabilities (b, strata_move_axis_last (b, y_pred, axis));
  return strata_negative (b, strata_sum_along (b, strata_multiply (b, y_true, scores), -1));
}

static StrataValue *
categorical_crossentropy_call (StrataLoss    *loss,
                               StrataBuilder *b,
                               StrataValue   *y_true,
                               StrataValue   *y_pred)
{
  CategoricalCrossentropy *self = (CategoricalCrossentropy *) loss;

  return strata_categorical_crossentropy (b, y_true, y_pred, self->from_logits, self->label_smoothing, self->axis);
}

const StrataLossInfo strata_loss_categorical_crossentropy = {
  .object = {
    .name = "CategoricalCrossentropy",
    .aliases = (const char *const[]){ "cce", NULL },
    .title = "Categorical crossentropy",
    .description = "For one of several classes, targets one-hot: how improbable the true class was thought",
    .formula = "−Σ yⱼ · log(pⱼ)",
    .params = params,
    .instance_size = sizeof (CategoricalCrossentropy),
    .samples = (const char *const[]){
      "{}",
      "{\"from_logits\": true}",
      "{\"label_smoothing\": 0.2}",
      "{\"from_logits\": true, \"label_smoothing\": 0.1, \"reduction\": \"sum\"}",
      "{\"axis\": 1}",
      "{\"axis\": 1, \"from_logits\": true}",
      NULL },
  },
  .call = categorical_crossentropy_call,
};
