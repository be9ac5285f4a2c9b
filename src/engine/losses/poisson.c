/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_poisson (StrataBuilder *b,
                StrataValue   *y_true,
                StrataValue   *y_pred)
{
  StrataValue *log = strata_log (b, strata_offset (b, y_pred, STRATA_LOSS_EPSILON));

  return strata_mean_along (b, strata_subtract (b, y_pred, strata_multiply (b, y_true, log)), -1);
}

const StrataLossInfo strata_loss_poisson = {
  .object = {
    .name = "Poisson",
    .title = "Poisson",
    .description = "For counts: the less likely they are under the predicted rate, the larger",
    .formula = "mean(ŷ − y · log(ŷ))",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_poisson,
};
