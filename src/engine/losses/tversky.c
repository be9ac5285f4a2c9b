/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/areas.h"
#include "losses/common-params.h"
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLoss parent;
  double alpha, beta;
  StrataInts axis;
} Tversky;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Tversky, alpha, "0.5", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1, .title = "Alpha",
                .description = "How much it costs to miss what is true"),
  STRATA_PARAM (FLOAT, Tversky, beta, "0.5", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1, .title = "Beta",
                .description = "How much it costs to predict what is not true"),
  STRATA_PARAM_REDUCED_AXIS (Tversky),
  { NULL },
};

static StrataValue *
tversky_call (StrataLoss    *loss,
              StrataBuilder *b,
              StrataValue   *y_true,
              StrataValue   *y_pred)
{
  Tversky *self = (Tversky *) loss;
  StrataValue *one = strata_builder_scalar (b, 1);
  StrataValue *both = strata_loss_sum_area (b, strata_multiply (b, y_true, y_pred), &self->axis);
  StrataValue *missed = strata_loss_sum_area (b, strata_multiply (b, strata_subtract (b, one, y_pred), y_true),
                                              &self->axis);
  StrataValue *extra = strata_loss_sum_area (b, strata_multiply (b, y_pred, strata_subtract (b, one, y_true)),
                                             &self->axis);
  StrataValue *sum = strata_add (b, both, strata_add (b, strata_scale (b, missed, self->alpha),
                                                      strata_scale (b, extra, self->beta)));

  return strata_subtract (b, one, strata_divide (b, both, strata_offset (b, sum, STRATA_LOSS_EPSILON)));
}

const StrataLossInfo strata_loss_tversky = {
  .object = {
    .name = "Tversky",
    .title = "Tversky",
    .description = "As Dice, with missed and extra areas weighed apart (Salehi and others, 2017)",
    .formula = "1 − both / (both + α · missed + β · extra)",
    .params = params,
    .instance_size = sizeof (Tversky),
    .samples = (const char *const[]){
      "{}", "{\"alpha\": 0.3, \"beta\": 0.7}", "{\"axis\": [1], \"alpha\": 0.8, \"beta\": 0.2}",
      "{\"axis\": [0], \"reduction\": \"sum\"}", NULL },
  },
  .call = tversky_call,
};
