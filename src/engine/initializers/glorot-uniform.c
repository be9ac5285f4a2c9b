/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/initializer.h"

#include <math.h>

typedef struct
{
  StrataInitializer parent;
  gint64 seed;
} GlorotUniform;

static const StrataParam params[] = {
  STRATA_PARAM (INT, GlorotUniform, seed, "null", .nullable = TRUE, .title = "Seed",
                .description = "Makes the same numbers each time"),
  { NULL },
};

static void
glorot_uniform_fill (StrataInitializer *self,
                     const StrataShape *shape,
                     StrataRandom      *random,
                     float             *out)
{
  double fan_in, fan_out, limit;

  strata_initializer_get_fans (shape, &fan_in, &fan_out);
  limit = sqrt (3.0 / MAX (1.0, (fan_in + fan_out) / 2));
  for (gint64 i = 0; i < strata_shape_get_size (shape); i++)
    out[i] = limit * (2 * strata_random_uniform (random) - 1);
}

const StrataInitializerInfo strata_initializer_glorot_uniform = {
  .object = {
    .name = "GlorotUniform",
    .aliases = (const char *const[]){ "xavier_uniform", NULL },
    .title = "Glorot uniform",
    .description = "Uniform, scaled so that signals neither grow nor fade (Glorot and Bengio, 2010)",
    .formula = "U(−√(6 / (inputs + outputs)), √(6 / (inputs + outputs)))",
    .params = params,
    .instance_size = sizeof (GlorotUniform),
    .samples = (const char *const[]){ "{}", "{\"seed\": 7}", NULL },
  },
  .fill = glorot_uniform_fill,
};
