/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

StrataValue *
strata_categorical_hinge (StrataBuilder *b,
                          StrataValue   *y_true,
                          StrataValue   *y_pred)
{
  StrataValue *others = strata_multiply (b, strata_subtract (b, strata_builder_scalar (b, 1), y_true), y_pred);
  StrataValue *own = strata_sum_along (b, strata_multiply (b, y_true, y_pred), -1);
  StrataValue *lead = strata_subtract (b, strata_reduce_max (b, others, strata_axis_bit (others, -1), FALSE), own);

  return strata_maximum (b, strata_offset (b, lead, 1), strata_builder_scalar (b, 0));
}

const StrataLossInfo strata_loss_categorical_hinge = {
  .object = {
    .name = "CategoricalHinge",
    .title = "Categorical hinge",
    .description = "Wants the true class ahead of all others by a margin",
    .formula = "max(0, maxⱼ((1 − yⱼ)ŷⱼ) − Σ yⱼŷⱼ + 1)",
    .instance_size = sizeof (StrataLoss),
    .samples = (const char *const[]){ "{}", "{\"reduction\": \"sum\"}", NULL },
  },
  .function = strata_categorical_hinge,
};
