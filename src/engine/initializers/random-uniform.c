/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/common-params.h"
#include "initializers/distribution.h"

typedef struct
{
  StrataInitializer parent;
  gint64 seed;
  double minval, maxval;
} RandomUniform;

static const StrataParam params[] = {
  STRATA_PARAM_SEED (RandomUniform),
  STRATA_PARAM (FLOAT, RandomUniform, minval, "-0.05", .soft_minimum = -1, .soft_maximum = 1, .title = "Minimum",
                .description = "The least there may be"),
  STRATA_PARAM (FLOAT, RandomUniform, maxval, "0.05", .soft_minimum = -1, .soft_maximum = 1, .title = "Maximum",
                .description = "The most there may be"),
  { NULL },
};

static void
random_uniform_fill (StrataInitializer *initializer,
                     const StrataShape *shape,
                     StrataRandom      *random,
                     float             *out)
{
  RandomUniform *self = (RandomUniform *) initializer;

  strata_distribution_draw (STRATA_DISTRIBUTION_UNIFORM, self->minval, self->maxval - self->minval, random,
                            strata_shape_get_size (shape), out);
}

const StrataInitializerInfo strata_initializer_random_uniform = {
  .object = {
    .name = "RandomUniform",
    .aliases = (const char *const[]){ "uniform", NULL },
    .title = "Random uniform",
    .description = "All numbers of a range are as likely",
    .formula = "U(minimum, maximum)",
    .params = params,
    .instance_size = sizeof (RandomUniform),
    .samples = (const char *const[]){ "{}", "{\"minval\": -0.5, \"maxval\": 0.25, \"seed\": 1}", NULL },
  },
  .fill = random_uniform_fill,
};
