/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/common-params.h"
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataLoss parent;
  gint64 axis;
} CosineSimilarity;

static const StrataParam params[] = {
  STRATA_PARAM_AXIS (CosineSimilarity, .omit_default = TRUE),
  { NULL },
};

static StrataValue *
normalize (StrataBuilder *b,
           StrataValue   *x,
           int            axis)
{
  StrataValue *sum = strata_reduce_sum (b, strata_square (b, x), strata_axis_bit (x, axis), TRUE);

  return strata_multiply (b, x, strata_minimum (b, strata_rsqrt (b, sum),
                                                strata_builder_scalar (b, 1 / STRATA_LOSS_EPSILON)));
}

StrataValue *
strata_cosine_similarity (StrataBuilder *b,
                          StrataValue   *y_true,
                          StrataValue   *y_pred,
                          int            axis)
{
  StrataValue *product = strata_multiply (b, normalize (b, y_true, axis), normalize (b, y_pred, axis));

  return strata_negative (b, strata_sum_along (b, product, axis));
}

static StrataValue *
cosine_similarity_call (StrataLoss    *self,
                        StrataBuilder *b,
                        StrataValue   *y_true,
                        StrataValue   *y_pred)
{
  return strata_cosine_similarity (b, y_true, y_pred, ((CosineSimilarity *) self)->axis);
}

const StrataLossInfo strata_loss_cosine_similarity = {
  .object = {
    .name = "CosineSimilarity",
    .title = "Cosine similarity",
    .description = "From −1 where target and prediction point the same way to 1 where they point opposite ways",
    .formula = "−Σ (y/‖y‖ · ŷ/‖ŷ‖)",
    .params = params,
    .instance_size = sizeof (CosineSimilarity),
    .samples = (const char *const[]){ "{}", "{\"axis\": 1}", "{\"reduction\": \"sum\"}", NULL },
  },
  .call = cosine_similarity_call,
};
