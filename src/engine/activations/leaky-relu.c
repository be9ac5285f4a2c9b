/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double negative_slope;
} LeakyRelu;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, LeakyRelu, negative_slope, "0.2", .omit_default = TRUE, .soft_maximum = 1,
                .title = "Negative slope", .description = "How much of negative numbers gets through"),
  { NULL },
};

static StrataValue *
leaky_relu_apply (StrataActivation *activation,
                  StrataBuilder    *b,
                  StrataValue      *x)
{
  LeakyRelu *self = (LeakyRelu *) activation;

  return strata_where (b, strata_greater (b, x, strata_builder_scalar (b, 0)), x,
                       strata_scale (b, x, self->negative_slope));
}

const StrataActivationInfo strata_activation_leaky_relu = {
  .object = {
    .name = "leaky_relu",
    .title = "Leaky ReLU",
    .description = "Lets a little of what is negative through",
    .formula = "x if x > 0, else slope · x",
    .params = params,
    .instance_size = sizeof (LeakyRelu),
    .samples = (const char *const[]){ "{}", "{\"negative_slope\": 0.05}", NULL },
  },
  .apply = leaky_relu_apply,
};
