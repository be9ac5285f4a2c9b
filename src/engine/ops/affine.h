/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* What lies outside an image. */
typedef enum
{
  STRATA_FILL_CONSTANT,
  STRATA_FILL_NEAREST,
  STRATA_FILL_REFLECT,
  STRATA_FILL_WRAP,
} StrataFillMode;

/**
 * StrataAffineOptions:
 * @fill: what lies outside
 * @nearest: whether the nearest pixel is taken, rather than a blend of four
 * @value: what is outside with %STRATA_FILL_CONSTANT
 */
typedef struct
{
  StrataFillMode fill;
  gboolean nearest;
  float value;
} StrataAffineOptions;

StrataValue *strata_affine (StrataBuilder *b, StrataValue *x, StrataValue *matrix, const StrataAffineOptions *options);

G_END_DECLS
