/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "initializers/common-params.h"
#include "initializers/distribution.h"

typedef struct
{
  StrataInitializer parent;
  gint64 seed;
  double mean, stddev;
} TruncatedNormal;

static const StrataParam params[] = {
  STRATA_PARAM_SEED (TruncatedNormal),
  STRATA_PARAM (FLOAT, TruncatedNormal, mean, "0.0", .soft_minimum = -1, .soft_maximum = 1, .title = "Mean",
                .description = "What they lie around"),
  STRATA_PARAM (FLOAT, TruncatedNormal, stddev, "0.05", .minimum = 0, .maximum = G_MAXFLOAT, .soft_maximum = 1,
                .title = "Standard deviation", .description = "How far they would spread if they were not cut off"),
  { NULL },
};

static void
truncated_normal_fill (StrataInitializer *initializer,
                       const StrataShape *shape,
                       StrataRandom      *random,
                       float             *out)
{
  TruncatedNormal *self = (TruncatedNormal *) initializer;

  strata_distribution_draw (STRATA_DISTRIBUTION_TRUNCATED_NORMAL, self->mean, self->stddev, random,
                            strata_shape_get_size (shape), out);
}

const StrataInitializerInfo strata_initializer_truncated_normal = {
  .object = {
    .name = "TruncatedNormal",
    .title = "Truncated normal",
    .description = "Normal, without what is further than two standard deviations off",
    .formula = "N(mean, stddev²), cut at 2σ",
    .params = params,
    .instance_size = sizeof (TruncatedNormal),
    .samples = (const char *const[]){ "{}", "{\"mean\": -0.5, \"stddev\": 0.25, \"seed\": 1}", NULL },
  },
  .fill = truncated_normal_fill,
};
