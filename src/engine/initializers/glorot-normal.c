/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/scaling.h"

static void
glorot_normal_fill (StrataInitializer *self,
                    const StrataShape *shape,
                    StrataRandom      *random,
                    float             *out)
{
  StrataScaledInitializer *scaled = (StrataScaledInitializer *) self;

  strata_scaling_fill (shape, &scaled->input_axes, &scaled->output_axes, 1, STRATA_FAN_AVERAGE,
                       STRATA_DISTRIBUTION_TRUNCATED_NORMAL, random, out);
}

const StrataInitializerInfo strata_initializer_glorot_normal = {
  .object = {
    .name = "GlorotNormal",
    .aliases = (const char *const[]){ "xavier_normal", NULL },
    .title = "Glorot normal",
    .description = "Normal without tails, scaled so that signals neither grow nor fade (Glorot and Bengio, 2010)",
    .formula = "N(0, 2 / (inputs + outputs)), cut at 2σ",
    .params = strata_scaled_params,
    .instance_size = sizeof (StrataScaledInitializer),
    .samples = (const char *const[]){ "{}", "{\"seed\": 7}", "{\"input_axes\": [0], \"output_axes\": [1]}", NULL },
  },
  .check = strata_scaled_check,
  .fill = glorot_normal_fill,
};
