/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_kl_divergence (StrataBuilder *b,
                      StrataValue   *y_true,
                      StrataValue   *y_pred)
{
  StrataValue *expected = strata_clip (b, y_true, STRATA_LOSS_EPSILON, 1);
  StrataValue *predicted = strata_clip (b, y_pred, STRATA_LOSS_EPSILON, 1);

  return strata_sum_along (b,
                           strata_multiply (b, expected, strata_log (b, strata_divide (b, expected, predicted))), -1);
}

const StrataLossInfo strata_loss_kl_divergence = {
  .object = {
    .name = "KLDivergence",
    .aliases = (const char *const[]){ "kld", "kullback_leibler_divergence", NULL },
    .title = "Kullback–Leibler divergence",
    .description = "How far one distribution is from another",
    .formula = "Σ y · log(y/ŷ)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_kl_divergence,
};
