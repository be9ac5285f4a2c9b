/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/image/spatial.h"
#include "ops/resize.h"

G_BEGIN_DECLS

/* Layers that bring images to a size. */
typedef struct
{
  StrataLayer parent;
  gint64 height, width;
  char *interpolation, *fill_mode, *data_format;
  gboolean crop_to_aspect_ratio, pad_to_aspect_ratio, antialias;
  double fill_value;
} StrataResizeLayer;

#define STRATA_PARAMS_IMAGE_SIZE                                                                                       \
  STRATA_PARAM (INT, StrataResizeLayer, height, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 8,          \
                .soft_maximum = 512, .title = "Height", .description = "Rows of the new image", .unit = "pixels"),     \
  STRATA_PARAM (INT, StrataResizeLayer, width, NULL, .minimum = 1, .maximum = G_MAXINT32, .soft_minimum = 8,           \
                .soft_maximum = 512, .title = "Width", .description = "Columns of the new image", .unit = "pixels")

/* Rows and columns are dimensions @axis and @axis + 1. */
StrataValue *strata_image_crop_to_aspect (StrataBuilder *b, StrataValue *x, int axis, gint64 height, gint64 width);
StrataValue *strata_image_pad_to_aspect  (StrataBuilder *b, StrataValue *x, int axis, gint64 height, gint64 width,
                                          double value);
StrataValue *strata_image_resize         (StrataBuilder *b, StrataValue *x, int axis, gint64 height, gint64 width,
                                          const char *interpolation, gboolean antialias);
int          strata_image_get_axis       (const char *data_format, int rank);

G_END_DECLS
