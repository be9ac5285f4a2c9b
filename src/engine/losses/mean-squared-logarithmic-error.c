/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_mean_squared_logarithmic_error (StrataBuilder *b,
                                       StrataValue   *y_true,
                                       StrataValue   *y_pred)
{
  StrataValue *epsilon = strata_builder_scalar (b, STRATA_LOSS_EPSILON);
  StrataValue *predicted = strata_log1p (b, strata_maximum (b, y_pred, epsilon));
  StrataValue *expected = strata_log1p (b, strata_maximum (b, y_true, epsilon));

  return strata_mean_along (b, strata_square (b, strata_subtract (b, predicted, expected)), -1);
}

const StrataLossInfo strata_loss_mean_squared_logarithmic_error = {
  .object = {
    .name = "MeanSquaredLogarithmicError",
    .aliases = (const char *const[]){ "msle", NULL },
    .title = "Mean squared logarithmic error",
    .description = "Mean square of the differences of logarithms: counts ratios rather than differences",
    .formula = "mean((log(1 + y) − log(1 + ŷ))²)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_mean_squared_logarithmic_error,
};
