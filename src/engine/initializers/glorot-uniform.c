/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/scaling.h"

static void
glorot_uniform_fill (StrataInitializer *self,
                     const StrataShape *shape,
                     StrataRandom      *random,
                     float             *out)
{
  StrataScaledInitializer *scaled = (StrataScaledInitializer *) self;

  strata_scaling_fill (shape, &scaled->input_axes, &scaled->output_axes, 1, STRATA_FAN_AVERAGE,
                       STRATA_DISTRIBUTION_UNIFORM, random, out);
}

const StrataInitializerInfo strata_initializer_glorot_uniform = {
  .object = {
    .name = "GlorotUniform",
    .aliases = (const char *const[]){ "xavier_uniform", NULL },
    .title = "Glorot uniform",
    .description = "Uniform, scaled so that signals neither grow nor fade (Glorot and Bengio, 2010)",
    .formula = "U(−√(6 / (inputs + outputs)), √(6 / (inputs + outputs)))",
    .params = strata_scaled_params,
    .instance_size = sizeof (StrataScaledInitializer),
    .samples = (const char *const[]){ "{}", "{\"seed\": 7}", "{\"input_axes\": [0], \"output_axes\": [1]}", NULL },
  },
  .check = strata_scaled_check,
  .fill = glorot_uniform_fill,
};
