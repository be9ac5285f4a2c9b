/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "regularizers/regularizer.h"

typedef struct
{
  StrataRegularizer parent;
  double l1;
  double l2;
} L1L2;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, L1L2, l1, "0.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.1, .title = "L1",
                .description = "How much the sizes of the weights cost"),
  STRATA_PARAM (FLOAT, L1L2, l2, "0.0", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 0.1, .title = "L2",
                .description = "How much the squares of the weights cost"),
  { NULL },
};

static StrataValue *
l1_l2_penalty (StrataRegularizer *regularizer,
               StrataBuilder     *b,
               StrataValue       *x)
{
  L1L2 *self = (L1L2 *) regularizer;
  StrataValue *sizes = strata_reduce_sum (b, strata_absolute (b, x), STRATA_ALL_AXES, FALSE);
  StrataValue *squares = strata_reduce_sum (b, strata_square (b, x), STRATA_ALL_AXES, FALSE);

  if (self->l1 == 0 || self->l2 == 0)
    return self->l1 == 0 ? strata_scale (b, squares, self->l2) : strata_scale (b, sizes, self->l1);
  return strata_add (b, strata_scale (b, sizes, self->l1), strata_scale (b, squares, self->l2));
}

const StrataRegularizerInfo strata_regularizer_l1_l2 = {
  .object = {
    .name = "L1L2",
    .title = "L1 and L2",
    .description = "Keeps weights small, and makes unneeded ones 0",
    .formula = "l1 · Σ |x| + l2 · Σ x²",
    .params = params,
    .instance_size = sizeof (L1L2),
    .samples = (const char *const[]){ "{}", "{\"l1\": 0.1}", "{\"l1\": 0.1, \"l2\": 0.2}", "{\"l2\": 0.3}", NULL },
  },
  .penalty = l1_l2_penalty,
};
