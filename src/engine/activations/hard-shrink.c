/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double threshold;
} HardShrink;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, HardShrink, threshold, "0.5", .omit_default = TRUE, .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 2, .title = "Threshold", .description = "Up to which size numbers become 0"),
  { NULL },
};

static StrataValue *
hard_shrink_apply (StrataActivation *activation,
                   StrataBuilder    *b,
                   StrataValue      *x)
{
  HardShrink *self = (HardShrink *) activation;
  StrataValue *large = strata_greater (b, strata_absolute (b, x), strata_builder_scalar (b, self->threshold));

  return strata_where (b, large, x, strata_builder_scalar (b, 0));
}

const StrataActivationInfo strata_activation_hard_shrink = {
  .object = {
    .name = "hard_shrink",
    .title = "Hard shrink",
    .description = "Makes small numbers 0",
    .formula = "x if |x| > threshold, else 0",
    .params = params,
    .instance_size = sizeof (HardShrink),
    .samples = (const char *const[]){ "{}", "{\"threshold\": 1.0}", NULL },
  },
  .apply = hard_shrink_apply,
};
