/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_mean_absolute_error (StrataBuilder *b,
                            StrataValue   *y_true,
                            StrataValue   *y_pred)
{
  return strata_mean_along (b, strata_absolute (b, strata_subtract (b, y_true, y_pred)), -1);
}

const StrataLossInfo strata_loss_mean_absolute_error = {
  .object = {
    .name = "MeanAbsoluteError",
    .aliases = (const char *const[]){ "mae", NULL },
    .title = "Mean absolute error",
    .description = "Mean size of the errors: outliers count little",
    .formula = "mean(|y − ŷ|)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_mean_absolute_error,
};
