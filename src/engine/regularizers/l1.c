/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "regularizers/regularizer.h"

typedef struct
{
  StrataRegularizer parent;
  double l1;
} L1;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, L1, l1, "0.01", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.1, .title = "L1",
                .description = "How much the sizes of the weights cost"),
  { NULL },
};

static StrataValue *
l1_penalty (StrataRegularizer *regularizer,
            StrataBuilder     *b,
            StrataValue       *x)
{
  return strata_scale (b, strata_reduce_sum (b, strata_absolute (b, x), STRATA_ALL_AXES, FALSE),
                       ((L1 *) regularizer)->l1);
}

const StrataRegularizerInfo strata_regularizer_l1 = {
  .object = {
    .name = "L1",
    .title = "L1",
    .description = "Makes unneeded weights exactly 0",
    .formula = "l1 · Σ |x|",
    .params = params,
    .instance_size = sizeof (L1),
    .samples = (const char *const[]){ "{}", "{\"l1\": 0.2}", NULL },
  },
  .penalty = l1_penalty,
};
