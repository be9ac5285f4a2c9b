/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/hinge-margin.h"
#include "losses/loss.h"

StrataValue *
strata_hinge (StrataBuilder *b,
              StrataValue   *y_true,
              StrataValue   *y_pred)
{
  return strata_mean_along (b, strata_hinge_margin (b, y_true, y_pred), -1);
}

const StrataLossInfo strata_loss_hinge = {
  .object = {
    .name = "Hinge",
    .title = "Hinge",
    .description = "Wants each prediction on the right side by a margin of 1; targets are −1 and 1, or 0 and 1",
    .formula = "mean(max(0, 1 − y·ŷ))",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_hinge,
};
