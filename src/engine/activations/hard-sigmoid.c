/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double slope;
} HardSigmoid;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, HardSigmoid, slope, "0.16666666666666666", .omit_default = TRUE, .minimum = 0,
                .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Slope", .description = "How steep the middle is: 1/6 in Keras 3, 0.2 in Keras 2"),
  { NULL },
};

static StrataValue *
hard_sigmoid_apply (StrataActivation *self,
                    StrataBuilder    *b,
                    StrataValue      *x)
{
  double slope = ((HardSigmoid *) self)->slope;
  StrataValue *six = strata_builder_scalar (b, 6);

  if (slope != 1.0 / 6.0)
    return strata_clip (b, strata_offset (b, strata_scale (b, x, slope), 0.5), 0, 1);
  return strata_divide (b, strata_minimum (b, strata_relu (b, strata_offset (b, x, 3)), six), six);
}

const StrataActivationInfo strata_activation_hard_sigmoid = {
  .object = {
    .name = "hard_sigmoid",
    .title = "Hard sigmoid",
    .description = "A sigmoid of three straight lines",
    .formula = "min(max(slope · x + 0.5, 0), 1)",
    .params = params,
    .instance_size = sizeof (HardSigmoid),
    .samples = (const char *const[]){ "{}", "{\"slope\": 0.2}", NULL },
  },
  .apply = hard_sigmoid_apply,
};
