/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/hinge-margin.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_squared_hinge (StrataBuilder *b,
                      StrataValue   *y_true,
                      StrataValue   *y_pred)
{
  return strata_mean_along (b, strata_square (b, strata_hinge_margin (b, y_true, y_pred)), -1);
}

const StrataLossInfo strata_loss_squared_hinge = {
  .object = {
    .name = "SquaredHinge",
    .title = "Squared hinge",
    .description = "As hinge, with what is short of the margin squared",
    .formula = "mean(max(0, 1 − y·ŷ)²)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_squared_hinge,
};
