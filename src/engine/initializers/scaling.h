/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "initializers/distribution.h"

G_BEGIN_DECLS

/* What the spread of the weights is measured by. */
typedef enum
{
  STRATA_FAN_IN,
  STRATA_FAN_OUT,
  STRATA_FAN_AVERAGE,
} StrataFan;

/* An initializer of the Glorot, He and Lecun kind. */
typedef struct
{
  StrataInitializer parent;
  gint64 seed;
  StrataInts input_axes, output_axes;
} StrataScaledInitializer;

extern const StrataParam strata_scaled_params[];

gboolean strata_scaling_check (const StrataInts *inputs, const StrataInts *outputs, const StrataShape *shape,
                               GError **error);
void     strata_scaling_fill  (const StrataShape *shape, const StrataInts *inputs, const StrataInts *outputs,
                               double scale, StrataFan fan, StrataDistribution kind, StrataRandom *random, float *out);
gboolean strata_scaled_check  (StrataInitializer *self, const StrataShape *shape, GError **error);

G_END_DECLS
