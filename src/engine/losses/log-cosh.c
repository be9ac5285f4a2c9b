/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_log_cosh (StrataBuilder *b,
                 StrataValue   *y_true,
                 StrataValue   *y_pred)
{
  StrataValue *error = strata_subtract (b, y_pred, y_true);
  StrataValue *bend = strata_softplus (b, strata_scale (b, error, -2));

  return strata_mean_along (b, strata_offset (b, strata_add (b, error, bend), -G_LN2), -1);
}

const StrataLossInfo strata_loss_log_cosh = {
  .object = {
    .name = "LogCosh",
    .aliases = (const char *const[]){ "logcosh", NULL },
    .title = "Log-cosh",
    .description = "As the square for small errors, as the size for large ones",
    .formula = "mean(log(cosh(ŷ − y)))",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_log_cosh,
};
