/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double alpha;
} Celu;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Celu, alpha, "1.0", .omit_default = TRUE, .minimum = G_MINFLOAT, .maximum = G_MAXFLOAT,
                .soft_maximum = 2, .title = "Alpha",
                .description = "What large negative numbers come to, with the sign changed"),
  { NULL },
};

static StrataValue *
celu_apply (StrataActivation *activation,
            StrataBuilder    *b,
            StrataValue      *x)
{
  Celu *self = (Celu *) activation;
  StrataValue *below = strata_scale (b, strata_minimum (b, x, strata_builder_scalar (b, 0)), 1 / self->alpha);

  return strata_add (b, strata_relu (b, x), strata_scale (b, strata_expm1 (b, below), self->alpha));
}

const StrataActivationInfo strata_activation_celu = {
  .object = {
    .name = "celu",
    .title = "CELU",
    .description = "ELU without a kink for any alpha",
    .formula = "max(x, 0) + α · (exp(min(x, 0)/α) − 1)",
    .params = params,
    .instance_size = sizeof (Celu),
    .samples = (const char *const[]){ "{}", "{\"alpha\": 0.5}", NULL },
  },
  .apply = celu_apply,
};
