/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

#include <math.h>

typedef struct
{
  StrataActivation parent;
  double negative_slope, max_value, threshold;
} Relu;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Relu, negative_slope, "0.0", .omit_default = TRUE, .soft_maximum = 1, .title = "Negative slope",
                .description = "How much of what is below the threshold gets through"),
  STRATA_PARAM (FLOAT, Relu, max_value, "null", .omit_default = TRUE, .nullable = TRUE, .minimum = 0,
                .maximum = G_MAXFLOAT, .soft_maximum = 10, .title = "Maximum",
                .description = "Where it ends"),
  STRATA_PARAM (FLOAT, Relu, threshold, "0.0", .omit_default = TRUE, .soft_maximum = 1, .title = "Threshold",
                .description = "From which on numbers get through"),
  { NULL },
};

static StrataValue *
relu_apply (StrataActivation *activation,
            StrataBuilder    *b,
            StrataValue      *x)
{
  Relu *self = (Relu *) activation;
  StrataValue *limit = strata_builder_scalar (b, self->threshold), *y;

  if (self->negative_slope == 0 && self->threshold == 0)
    y = strata_relu (b, x);
  else
    y = strata_where (b, strata_greater (b, x, limit), x,
                      strata_scale (b, strata_subtract (b, x, limit), self->negative_slope));
  return isnan (self->max_value) ? y : strata_minimum (b, y, strata_builder_scalar (b, self->max_value));
}

const StrataActivationInfo strata_activation_relu = {
  .object = {
    .name = "relu",
    .title = "ReLU",
    .description = "Keeps what is positive, makes the rest zero",
    .formula = "max(x, 0)",
    .params = params,
    .instance_size = sizeof (Relu),
    .samples = (const char *const[]){
      "{}",
      "{\"negative_slope\": 0.1, \"max_value\": 2.0, \"threshold\": 0.5}",
      "{\"max_value\": 1.0}",
      NULL },
  },
  .apply = relu_apply,
};
