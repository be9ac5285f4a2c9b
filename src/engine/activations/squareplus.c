/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double b;
} Squareplus;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Squareplus, b, "4", .omit_default = TRUE, .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 2, .title = "B", .description = "How soft the bend is"),
  { NULL },
};

static StrataValue *
squareplus_apply (StrataActivation *activation,
                  StrataBuilder    *b,
                  StrataValue      *x)
{
  Squareplus *self = (Squareplus *) activation;
  StrataValue *root = strata_sqrt (b, strata_offset (b, strata_square (b, x), self->b));

  return strata_scale (b, strata_add (b, x, root), 0.5);
}

const StrataActivationInfo strata_activation_squareplus = {
  .object = {
    .name = "squareplus",
    .title = "Squareplus",
    .description = "As softplus, without exponentials",
    .formula = "(x + √(x² + b)) / 2",
    .params = params,
    .instance_size = sizeof (Squareplus),
    .samples = (const char *const[]){ "{}", "{\"b\": 1}", NULL },
  },
  .apply = squareplus_apply,
};
