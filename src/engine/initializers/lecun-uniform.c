/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/scaling.h"

static void
lecun_uniform_fill (StrataInitializer *self,
                    const StrataShape *shape,
                    StrataRandom      *random,
                    float             *out)
{
  StrataScaledInitializer *scaled = (StrataScaledInitializer *) self;

  strata_scaling_fill (shape, &scaled->input_axes, &scaled->output_axes, 1, STRATA_FAN_IN,
                       STRATA_DISTRIBUTION_UNIFORM, random, out);
}

const StrataInitializerInfo strata_initializer_lecun_uniform = {
  .object = {
    .name = "LecunUniform",
    .title = "Lecun uniform",
    .description = "Uniform, scaled for layers with SELU (LeCun and others, 1998)",
    .formula = "U(−√(3 / inputs), √(3 / inputs))",
    .params = strata_scaled_params,
    .instance_size = sizeof (StrataScaledInitializer),
    .samples = (const char *const[]){ "{}", "{\"seed\": 7}", "{\"input_axes\": [0], \"output_axes\": [1]}", NULL },
  },
  .check = strata_scaled_check,
  .fill = lecun_uniform_fill,
};
