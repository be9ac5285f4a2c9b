/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_mean_squared_error (StrataBuilder *b,
                           StrataValue   *y_true,
                           StrataValue   *y_pred)
{
  return strata_mean_along (b, strata_square (b, strata_subtract (b, y_true, y_pred)), -1);
}

const StrataLossInfo strata_loss_mean_squared_error = {
  .object = {
    .name = "MeanSquaredError",
    .aliases = (const char *const[]){ "mse", NULL },
    .title = "Mean squared error",
    .description = "Mean of the squares of the errors: large errors count most",
    .formula = "mean((y − ŷ)²)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_mean_squared_error,
};
