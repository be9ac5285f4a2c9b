/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "losses/functions.h"
#include "losses/loss.h"
#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/shaping.h"

typedef struct
{
  StrataLoss parent;
  double q;
} CategoricalGeneralizedCrossEntropy;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, CategoricalGeneralizedCrossEntropy, q, "0.5", .minimum = G_MINFLOAT, .maximum = 1,
                .soft_minimum = 0.1, .title = "Q",
                .description = "Near 0 as crossentropy; at 1 as mean absolute error, which bears wrong labels"),
  { NULL },
};

static StrataValue *
categorical_generalized_cross_entropy_call (StrataLoss    *loss,
                                            StrataBuilder *b,
                                            StrataValue   *y_true,
                                            StrataValue   *y_pred)
{
  double q = ((CategoricalGeneralizedCrossEntropy *) loss)->q;
  int rank = y_pred->shape.rank;
  StrataValue *one_hot, *p;

  /* Targets (n, 1) are compared with all predictions, as Keras has it. */
  one_hot = strata_one_hot (b, strata_cast (b, y_true, STRATA_INT32), y_pred->shape.dims[rank - 1]);
  p = strata_sum_along (b, strata_multiply (b, y_pred, one_hot), -1);
  return strata_scale (b, strata_subtract (b, strata_builder_scalar (b, 1),
                                           strata_power (b, p, strata_builder_scalar (b, q))), 1 / q);
}

const StrataLossInfo strata_loss_categorical_generalized_cross_entropy = {
  .object = {
    .name = "CategoricalGeneralizedCrossEntropy",
    .title = "Generalized crossentropy",
    .description = "For classes of which some labels are wrong; targets are class numbers (Zhang and Sabuncu, 2018)",
    .formula = "(1 − p[y]^q) / q",
    .params = params,
    .instance_size = sizeof (CategoricalGeneralizedCrossEntropy),
    .samples = (const char *const[]){ "{}", "{\"q\": 0.2}", "{\"q\": 0.9, \"reduction\": \"sum\"}", NULL },
  },
  .sparse = TRUE,
  .call = categorical_generalized_cross_entropy_call,
};
