/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double alpha;
} Elu;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Elu, alpha, "1.0", .omit_default = TRUE, .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 2,
                .title = "Alpha", .description = "What large negative numbers come to, with the sign changed"),
  { NULL },
};

static StrataValue *
elu_apply (StrataActivation *activation,
           StrataBuilder    *b,
           StrataValue      *x)
{
  Elu *self = (Elu *) activation;
  StrataValue *zero = strata_builder_scalar (b, 0);
  StrataValue *below = strata_scale (b, strata_expm1 (b, strata_minimum (b, x, zero)), self->alpha);

  return strata_where (b, strata_greater (b, x, zero), x, below);
}

const StrataActivationInfo strata_activation_elu = {
  .object = {
    .name = "elu",
    .title = "ELU",
    .description = "A ReLU with a soft bend below 0",
    .formula = "x if x > 0, else α · (exp(x) − 1)",
    .params = params,
    .instance_size = sizeof (Elu),
    .samples = (const char *const[]){ "{}", "{\"alpha\": 0.5}", NULL },
  },
  .apply = elu_apply,
};
