/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* What lies outside an array, as Keras's map_coordinates() has it: other than for affine maps. */
typedef enum
{
  STRATA_MAP_CONSTANT,
  STRATA_MAP_NEAREST,
  STRATA_MAP_WRAP,
  STRATA_MAP_MIRROR,
  STRATA_MAP_REFLECT,
} StrataMapFill;

/**
 * StrataMapOptions:
 * @fill: what lies outside
 * @nearest: whether the nearest number is taken, rather than a blend
 * @value: what is outside with %STRATA_MAP_CONSTANT
 */
typedef struct
{
  StrataMapFill fill;
  gboolean nearest;
  float value;
} StrataMapOptions;

gboolean     strata_map_fill_from_name (const char *name, StrataMapFill *fill);
StrataValue *strata_map_coordinates    (StrataBuilder *b, StrataValue *x, StrataValue *coordinates,
                                        const StrataMapOptions *options);

G_END_DECLS
