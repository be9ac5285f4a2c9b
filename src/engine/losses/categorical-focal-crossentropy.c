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
  double alpha, gamma;
} CategoricalFocalCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (CategoricalFocalCrossentropy),
  STRATA_PARAM_LABEL_SMOOTHING (CategoricalFocalCrossentropy, "0.0"),
  STRATA_PARAM_AXIS (CategoricalFocalCrossentropy),
  STRATA_PARAM_FOCAL (CategoricalFocalCrossentropy),
  { NULL },
};

static StrataValue *
categorical_focal_crossentropy_call (StrataLoss    *loss,
                                     StrataBuilder *b,
                                     StrataValue   *y_true,
                                     StrataValue   *y_pred)
{
  CategoricalFocalCrossentropy *self = (CategoricalFocalCrossentropy *) loss;
  StrataValue *one = strata_builder_scalar (b, 1), *sum, *focus, *losses;

  if (self->label_smoothing > 0)
    y_true = strata_offset (b, strata_scale (b, y_true, 1 - self->label_smoothing),
                            self->label_smoothing / y_true->shape.dims[y_true->shape.rank - 1]);
  y_true = strata_move_axis_last (b, y_true, self->axis);
  y_pred = strata_move_axis_last (b, y_pred, self->axis);
  if (self->from_logits)
    y_pred = strata_softmax (b, y_pred);

  sum = strata_reduce_sum (b, y_pred, strata_axis_bit (y_pred, -1), TRUE);
  y_pred = strata_clip (b, strata_divide (b, y_pred, sum), STRATA_LOSS_EPSILON, 1 - STRATA_LOSS_EPSILON);
  losses = strata_negative (b, strata_multiply (b, y_true, strata_log (b, y_pred)));
  focus = strata_power (b, strata_subtract (b, one, y_pred), strata_builder_scalar (b, self->gamma));
  return strata_sum_along (b, strata_multiply (b, strata_scale (b, focus, self->alpha), losses), -1);
}

const StrataLossInfo strata_loss_categorical_focal_crossentropy = {
  .object = {
    .name = "CategoricalFocalCrossentropy",
    .title = "Categorical focal crossentropy",
    .description = "Categorical crossentropy that looks at what is still predicted badly (Lin and others, 2017)",
    .formula = "−Σ α(1 − pⱼ)^γ · yⱼ · log(pⱼ)",
    .params = params,
    .instance_size = sizeof (CategoricalFocalCrossentropy),
    .samples = (const char *const[]){
      "{}",
      "{\"from_logits\": true}",
      "{\"alpha\": 0.5, \"gamma\": 1.0, \"label_smoothing\": 0.1}",
      "{\"axis\": 1}",
      "{\"from_logits\": true, \"gamma\": 3.0, \"reduction\": \"sum\"}",
      NULL },
  },
  .call = categorical_focal_crossentropy_call,
};
