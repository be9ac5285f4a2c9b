/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "activations/activation.h"
#include "ops/elementwise.h"
#include "ops/narrow.h"

typedef struct
{
  StrataActivation parent;
  gboolean approximate;
} Gelu;

static const StrataParam params[] = {
  STRATA_PARAM (BOOL, Gelu, approximate, "false", .omit_default = TRUE, .title = "Approximate",
                .description = "Whether tanh stands in for the error function"),
  { NULL },
};

static StrataValue *
gelu_apply (StrataActivation *activation,
            StrataBuilder    *b,
            StrataValue      *x)
{
  Gelu *self = (Gelu *) activation;
  StrataDType precision;
  StrataValue *inner;

  if (self->approximate)
    {
      inner = strata_add (b, x, strata_scale (b, strata_multiply (b, x, strata_square (b, x)), 0.044715));
      inner = strata_offset (b, strata_tanh (b, strata_scale (b, inner, 0.7978845608028654)), 1);
    }
  else
    {
      inner = strata_scale (b, x, G_SQRT2 / 2);
      /* 1 + erf(x) is erfc(−x), a function that rounds once. */
      precision = strata_builder_set_precision (b, STRATA_FLOAT32);
      inner = strata_offset (b, strata_erf (b, inner), 1);
      strata_builder_set_precision (b, precision);
      inner = strata_narrow (b, inner, precision);
    }
  return strata_multiply (b, strata_scale (b, x, 0.5), inner);
}

const StrataActivationInfo strata_activation_gelu = {
  .object = {
    .name = "gelu",
    .title = "GELU",
    .description = "Weighs each number by how likely a normal one is smaller (Hendrycks and Gimpel, 2016)",
    .formula = "x · Φ(x)",
    .params = params,
    .instance_size = sizeof (Gelu),
    .samples = (const char *const[]){ "{}", "{\"approximate\": true}", NULL },
  },
  .apply = gelu_apply,
};
