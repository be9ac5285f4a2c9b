/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"

typedef struct
{
  StrataActivation parent;
  double threshold, default_value;
} Threshold;

static const StrataParam params[] = {
  STRATA_PARAM (FLOAT, Threshold, threshold, "0.0", .omit_default = TRUE, .title = "Threshold",
                .description = "Above which numbers stay"),
  STRATA_PARAM (FLOAT, Threshold, default_value, "0.0", .omit_default = TRUE, .title = "Default value",
                .description = "What the others become"),
  { NULL },
};

static StrataValue *
threshold_apply (StrataActivation *activation,
                 StrataBuilder    *b,
                 StrataValue      *x)
{
  Threshold *self = (Threshold *) activation;
  StrataValue *above = strata_greater (b, x, strata_builder_scalar (b, self->threshold));

  return strata_where (b, above, x, strata_builder_scalar (b, self->default_value));
}

const StrataActivationInfo strata_activation_threshold = {
  .object = {
    .name = "threshold",
    .title = "Threshold",
    .description = "Replaces all numbers up to a threshold",
    .formula = "x if x > threshold, else the default value",
    .params = params,
    .instance_size = sizeof (Threshold),
    .samples = (const char *const[]){ "{}", "{\"threshold\": 0.3, \"default_value\": -1.0}", NULL },
  },
  .apply = threshold_apply,
};
