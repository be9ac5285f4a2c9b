/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "regularizers/regularizer.h"

typedef struct
{
  StrataRegularizer parent;
  double l2;
} L2;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, L2, l2, "0.01", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.1, .title = "L2",
                .description = "How much the squares of the weights cost"),
  { NULL },
};

static StrataValue *
l2_penalty (StrataRegularizer *regularizer,
            StrataBuilder     *b,
            StrataValue       *x)
{
  return strata_scale (b, strata_reduce_sum (b, strata_square (b, x), STRATA_ALL_AXES, FALSE),
                       ((L2 *) regularizer)->l2);
}

const StrataRegularizerInfo strata_regularizer_l2 = {
  .object = {
    .name = "L2",
    .title = "L2",
    .description = "Keeps weights small",
    .formula = "l2 · Σ x²",
    .params = params,
    .instance_size = sizeof (L2),
    .samples = (const char *const[]){ "{}", "{\"l2\": 0.2}", NULL },
  },
  .penalty = l2_penalty,
};
