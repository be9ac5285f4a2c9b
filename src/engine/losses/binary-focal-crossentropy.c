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
  gboolean apply_class_balancing;
  double alpha, gamma;
} BinaryFocalCrossentropy;

static const StrataParam params[] = {
  STRATA_PARAM_FROM_LOGITS (BinaryFocalCrossentropy),
  STRATA_PARAM_LABEL_SMOOTHING (BinaryFocalCrossentropy, "0.0"),
  STRATA_PARAM_AXIS (BinaryFocalCrossentropy),
  STRATA_PARAM (BOOL, BinaryFocalCrossentropy, apply_class_balancing, "false", .title = "Balance classes",
                .description = "Whether yes weighs alpha and no the rest"),
  STRATA_PARAM_FOCAL (BinaryFocalCrossentropy),
  { NULL },
};

/* y · a + (1 − y) · b */
static StrataValue *
mix (StrataBuilder *b,
     StrataValue   *y,
     StrataValue   *yes,
     StrataValue   *no)
{
  return strata_add (b, strata_multiply (b, y, yes),
                     strata_multiply (b, strata_subtract (b, strata_builder_scalar (b, 1), y), no));
}

static StrataValue *
binary_focal_crossentropy_call (StrataLoss    *loss,
                                StrataBuilder *b,
                                StrataValue   *y_true,
                                StrataValue   *y_pred)
{
  BinaryFocalCrossentropy *self = (BinaryFocalCrossentropy *) loss;
  StrataValue *one = strata_builder_scalar (b, 1), *losses, *right, *focus;

  if (self->label_smoothing > 0)
    y_true = strata_offset (b, strata_scale (b, y_true, 1 - self->label_smoothing), self->label_smoothing / 2);
  if (self->from_logits)
    y_pred = strata_sigmoid (b, y_pred);

  losses = strata_binary_crossentropy (b, y_true, y_pred, FALSE, 0);
  right = mix (b, y_true, y_pred, strata_subtract (b, one, y_pred));
  focus = strata_power (b, strata_subtract (b, one, right), strata_builder_scalar (b, self->gamma));
  losses = strata_multiply (b, focus, losses);
  if (self->apply_class_balancing)
    losses = strata_multiply (b, mix (b, y_true, strata_builder_scalar (b, self->alpha),
                                      strata_builder_scalar (b, 1 - self->alpha)), losses);
  return strata_mean_along (b, losses, self->axis);
}

const StrataLossInfo strata_loss_binary_focal_crossentropy = {
  .object = {
    .name = "BinaryFocalCrossentropy",
    .title = "Binary focal crossentropy",
    .description = "Binary crossentropy that looks at what is still predicted badly (Lin and others, 2017)",
    .formula = "mean((1 − pₜ)^γ · crossentropy)",
    .params = params,
    .instance_size = sizeof (BinaryFocalCrossentropy),
    .samples = (const char *const[]){
      "{}",
      "{\"from_logits\": true}",
      "{\"gamma\": 1.0, \"label_smoothing\": 0.1}",
      "{\"apply_class_balancing\": true, \"alpha\": 0.3}",
      "{\"apply_class_balancing\": true, \"from_logits\": true, \"gamma\": 3.0, \"reduction\": \"sum\"}",
      NULL },
  },
  .call = binary_focal_crossentropy_call,
};
