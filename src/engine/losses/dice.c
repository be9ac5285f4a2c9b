/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/areas.h"
#include "losses/common-params.h"
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLoss parent;
  StrataInts axis;
} Dice;

static const StrataParam params[] = {
  STRATA_PARAM_REDUCED_AXIS (Dice),
  { NULL },
};

static StrataValue *
dice_call (StrataLoss    *loss,
           StrataBuilder *b,
           StrataValue   *y_true,
           StrataValue   *y_pred)
{
  const StrataInts *axes = &((Dice *) loss)->axis;
  StrataValue *both = strata_loss_sum_area (b, strata_multiply (b, y_true, y_pred), axes);
  StrataValue *sum = strata_add (b, strata_loss_sum_area (b, y_true, axes), strata_loss_sum_area (b, y_pred, axes));
  StrataValue *overlap = strata_divide (b, strata_scale (b, both, 2), strata_offset (b, sum, STRATA_LOSS_EPSILON));

  return strata_subtract (b, strata_builder_scalar (b, 1), overlap);
}

const StrataLossInfo strata_loss_dice = {
  .object = {
    .name = "Dice",
    .title = "Dice",
    .description = "For areas in images: how little the predicted one and the true one overlap",
    .formula = "1 − 2 Σ y·ŷ / (Σ y + Σ ŷ)",
    .params = params,
    .instance_size = sizeof (Dice),
    .samples = (const char *const[]){
      "{}",
      "{\"axis\": [1]}",
      "{\"axis\": [0], \"reduction\": \"sum\"}",
      "{\"axis\": 1}",
      NULL },
  },
  .call = dice_call,
};
