/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/image-resize.h"

#include "ops/elementwise.h"
#include "ops/shaping.h"

/**
 * strata_image_get_axis: (skip)
 *
 * Returns: which dimension the rows are
 */
int
strata_image_get_axis (const char *data_format,
                       int         rank)
{
  return strata_is_channels_first (data_format) ? rank - 2 : rank - 3;
}

static gboolean
is_open (StrataValue *x,
         int          axis)
{
  return x->shape.dims[axis] == STRATA_UNKNOWN || x->shape.dims[axis + 1] == STRATA_UNKNOWN;
}

/**
 * strata_image_crop_to_aspect: (skip)
 *
 * Returns: (transfer none): the middle of the image, as large as possible, of the proportions of @height and @width
 */
StrataValue *
strata_image_crop_to_aspect (StrataBuilder *b,
                             StrataValue   *x,
                             int            axis,
                             gint64         height,
                             gint64         width)
{
  gint64 rows = x->shape.dims[axis], columns = x->shape.dims[axis + 1], kept_rows, kept_columns;

  if (is_open (x, axis))
    return x;
  kept_rows = CLAMP (columns * height / width, 1, rows);
  kept_columns = CLAMP (rows * width / height, 1, columns);
  x = strata_slice (b, x, axis, (rows - kept_rows) / 2, kept_rows);
  return strata_slice (b, x, axis + 1, (columns - kept_columns) / 2, kept_columns);
}

/**
 * strata_image_pad_to_aspect: (skip)
 *
 * Returns: (transfer none): the image in the middle of one of the proportions of @height and @width
 */
StrataValue *
strata_image_pad_to_aspect (StrataBuilder *b,
                            StrataValue   *x,
                            int            axis,
                            gint64         height,
                            gint64         width,
                            double         value)
{
  gint64 rows = x->shape.dims[axis], columns = x->shape.dims[axis + 1], before[STRATA_MAX_RANK] = { 0 };
  gint64 after[STRATA_MAX_RANK] = { 0 };
  gint64 all_rows = MAX (columns * height / width, rows), all_columns = MAX (rows * width / height, columns);

  if (is_open (x, axis))
    return x;
  /* As much on both sides, so one row or column may be missing. */
  before[axis] = after[axis] = (all_rows - rows) / 2;
  before[axis + 1] = after[axis + 1] = (all_columns - columns) / 2;
  return strata_pad (b, x, before, after, value);
}

/**
 * strata_image_resize: (skip)
 *
 * Returns: (transfer none): the image with @height rows and @width columns
 */
StrataValue *
strata_image_resize (StrataBuilder *b,
                     StrataValue   *x,
                     int            axis,
                     gint64         height,
                     gint64         width,
                     const char    *interpolation,
                     gboolean       antialias)
{
  StrataResizeMethod method = strata_resize_method_from_name (interpolation);
  StrataShape shape = x->shape;

  if (!is_open (x, axis))
    return strata_resize (b, strata_resize (b, x, axis, height, method, antialias), axis + 1, width, method, antialias);
  /* Only the shape is asked for. */
  shape.dims[axis] = height;
  shape.dims[axis + 1] = width;
  return strata_reshape (b, x, &shape);
}
