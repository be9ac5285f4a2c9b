/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/* How numbers between the pixels of an image are made up. */
typedef enum
{
  STRATA_RESIZE_NEAREST,
  STRATA_RESIZE_BILINEAR,
  STRATA_RESIZE_BICUBIC,
  STRATA_RESIZE_LANCZOS3,
  STRATA_RESIZE_LANCZOS5,
  STRATA_RESIZE_AREA,
} StrataResizeMethod;

#define STRATA_RESIZE_METHODS "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"

StrataResizeMethod strata_resize_method_from_name (const char *name);
StrataValue       *strata_resize (StrataBuilder *b, StrataValue *x, int axis, gint64 size, StrataResizeMethod method,
                                  gboolean antialias);
StrataValue       *strata_repeat (StrataBuilder *b, StrataValue *x, int axis, gint64 times);

G_END_DECLS
