/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/softmax.h"

typedef struct
{
  StrataActivation parent;
  gint64 axis;
} Softmax;

static const StrataParam params[] = {
  STRATA_PARAM (INT, Softmax, axis, "-1", .omit_default = TRUE, .minimum = -STRATA_MAX_RANK,
                .maximum = STRATA_MAX_RANK - 1, .soft_minimum = -1, .soft_maximum = 3,
                .title = "Axis", .description = "Along which dimension all come to 1"),
  { NULL },
};

static StrataValue *
softmax_apply (StrataActivation *activation,
               StrataBuilder    *b,
               StrataValue      *x)
{
  gint64 axis = ((Softmax *) activation)->axis;

  if (axis >= -x->shape.rank && axis < x->shape.rank)
    return strata_softmax_along (b, x, (int) axis);
  strata_builder_fail (b, STRATA_ERROR_VALUE, "there is no axis %d in an input of %d dimensions", (int) axis,
                       x->shape.rank);
  return strata_builder_nothing (b);
}

const StrataActivationInfo strata_activation_softmax = {
  .object = {
    .name = "softmax",
    .title = "Softmax",
    .description = "Makes probabilities of scores: all positive, together 1",
    .formula = "exp(xᵢ) / Σⱼ exp(xⱼ)",
    .params = params,
    .instance_size = sizeof (Softmax),
    .samples = (const char *const[]){ "{}", "{\"axis\": 1}", NULL },
  },
  .apply = softmax_apply,
};
