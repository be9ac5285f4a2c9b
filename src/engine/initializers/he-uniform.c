/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/scaling.h"

static void
he_uniform_fill (StrataInitializer *self,
                 const StrataShape *shape,
                 StrataRandom      *random,
                 float             *out)
{
  StrataScaledInitializer *scaled = (StrataScaledInitializer *) self;

  strata_scaling_fill (shape, &scaled->input_axes, &scaled->output_axes, 2, STRATA_FAN_IN,
                       STRATA_DISTRIBUTION_UNIFORM, random, out);
}

const StrataInitializerInfo strata_initializer_he_uniform = {
  .object = {
    .name = "HeUniform",
    .title = "He uniform",
    .description = "Uniform, scaled for layers with ReLU (He and others, 2015)",
    .formula = "U(−√(6 / inputs), √(6 / inputs))",
    .params = strata_scaled_params,
    .instance_size = sizeof (StrataScaledInitializer),
    .samples = (const char *const[]){ "{}", "{\"seed\": 7}", "{\"input_axes\": [0], \"output_axes\": [1]}", NULL },
  },
  .check = strata_scaled_check,
  .fill = he_uniform_fill,
};
