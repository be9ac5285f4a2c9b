/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "initializers/initializer.h"

G_BEGIN_DECLS

/* From 0 up to 1; of mean 0 and deviation 1; the same without what is further than 2 from 0. */
typedef enum
{
  STRATA_DISTRIBUTION_UNIFORM,
  STRATA_DISTRIBUTION_NORMAL,
  STRATA_DISTRIBUTION_TRUNCATED_NORMAL,
} StrataDistribution;

void strata_distribution_draw (StrataDistribution kind, double start, double scale, StrataRandom *random, gint64 n,
                               float *out);

G_END_DECLS
