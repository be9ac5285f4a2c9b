/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/common-params.h"
#include "initializers/distribution.h"

typedef struct
{
  StrataInitializer parent;
  gint64 seed;
  double mean, stddev;
} RandomNormal;

static const StrataParam params[] = {
  STRATA_PARAM_SEED (RandomNormal),
  STRATA_PARAM (FLOAT, RandomNormal, mean, "0.0", .soft_minimum = -1, .soft_maximum = 1, .title = "Mean",
                .description = "What they lie around"),
  STRATA_PARAM (FLOAT, RandomNormal, stddev, "0.05", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Standard deviation", .description = "How far they spread"),
  { NULL },
};

static void
random_normal_fill (StrataInitializer *initializer,
                    const StrataShape *shape,
                    StrataRandom      *random,
                    float             *out)
{
  RandomNormal *self = (RandomNormal *) initializer;

  strata_distribution_draw (STRATA_DISTRIBUTION_NORMAL, self->mean, self->stddev, random,
                            strata_shape_get_size (shape), out);
}

const StrataInitializerInfo strata_initializer_random_normal = {
  .object = {
    .name = "RandomNormal",
    .aliases = (const char *const[]){ "normal", NULL },
    .title = "Random normal",
    .description = "Most are near the mean",
    .formula = "N(mean, stddev²)",
    .params = params,
    .instance_size = sizeof (RandomNormal),
    .samples = (const char *const[]){ "{}", "{\"mean\": -0.5, \"stddev\": 0.25, \"seed\": 1}", NULL },
  },
  .fill = random_normal_fill,
};
