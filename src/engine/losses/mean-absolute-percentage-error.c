/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_mean_absolute_percentage_error (StrataBuilder *b,
                                       StrataValue   *y_true,
                                       StrataValue   *y_pred)
{
  StrataValue *size = strata_maximum (b, strata_absolute (b, y_true), strata_builder_scalar (b, STRATA_LOSS_EPSILON));
  StrataValue *error = strata_absolute (b, strata_divide (b, strata_subtract (b, y_true, y_pred), size));

  return strata_scale (b, strata_mean_along (b, error, -1), 100);
}

const StrataLossInfo strata_loss_mean_absolute_percentage_error = {
  .object = {
    .name = "MeanAbsolutePercentageError",
    .aliases = (const char *const[]){ "mape", NULL },
    .title = "Mean absolute percentage error",
    .description = "Mean size of the errors as a percentage of the targets",
    .formula = "100 · mean(|(y − ŷ)/y|)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_mean_absolute_percentage_error,
};
