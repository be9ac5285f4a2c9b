/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double threshold;
} SoftShrink;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, SoftShrink, threshold, "0.5", .omit_default = TRUE, .minimum = 0, .maximum = G_MAXFLOAT,
                .soft_maximum = 2, .title = "Threshold", .description = "How far all numbers move towards 0"),
  { NULL },
};

static StrataValue *
soft_shrink_apply (StrataActivation *activation,
                   StrataBuilder    *b,
                   StrataValue      *x)
{
  SoftShrink *self = (SoftShrink *) activation;
  StrataValue *zero = strata_builder_scalar (b, 0), *limit = strata_builder_scalar (b, self->threshold);
  StrataValue *below = strata_where (b, strata_less (b, x, strata_negative (b, limit)), strata_add (b, x, limit), zero);

  return strata_where (b, strata_greater (b, x, limit), strata_subtract (b, x, limit), below);
}

const StrataActivationInfo strata_activation_soft_shrink = {
  .object = {
    .name = "soft_shrink",
    .title = "Soft shrink",
    .description = "Moves all numbers towards 0, and small ones to it",
    .formula = "sign(x) · max(|x| − threshold, 0)",
    .params = params,
    .instance_size = sizeof (SoftShrink),
    .samples = (const char *const[]){ "{}", "{\"threshold\": 1.0}", NULL },
  },
  .apply = soft_shrink_apply,
};
