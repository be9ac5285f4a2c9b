/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/image/color.h"

#include <inttypes.h>

#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

static gboolean
check_channels (StrataBuilder *b,
                StrataValue   *x)
{
  if (strata_builder_has_failed (b))
    return FALSE;
  if (x->shape.dims[3] == 3)
    return TRUE;
  strata_builder_fail (b, STRATA_ERROR_SHAPE,
                       "expected images of three channels (red, green, blue), received %" PRId64,
                       x->shape.dims[3]);
  return FALSE;
}

/**
 * strata_color_to_gray: (skip)
 *
 * Returns: (transfer none): (batch, rows, columns, 1): how bright pixels are
 */
StrataValue *
strata_color_to_gray (StrataBuilder *b,
                      StrataValue   *x)
{
  StrataTensor *weights = strata_tensor_new_floats (&STRATA_SHAPE (3), (float[]){ 0.2989f, 0.587f, 0.114f });
  StrataValue *w = strata_builder_constant (b, weights);

  if (!strata_builder_has_failed (b) && x->shape.dims[3] == 1)
    return x;
  if (!check_channels (b, x))
    return x;
  return strata_reduce_sum (b, strata_multiply (b, x, w), STRATA_AXIS (3), TRUE);
}

/**
 * strata_color_to_hsv: (skip)
 * @hsv: (out): hue from 0 to 1, saturation, and value, each (batch, rows, columns, 1)
 */
void
strata_color_to_hsv (StrataBuilder *b,
                     StrataValue   *x,
                     StrataValue   *hsv[3])
{
  StrataValue *rgb[3], *most, *range, *zero = strata_builder_scalar (b, 0), *hue, *third[3];

  hsv[0] = hsv[1] = hsv[2] = x;
  if (!check_channels (b, x))
    return;
  for (int i = 0; i < 3; i++)
    rgb[i] = strata_slice (b, x, 3, i, 1);
  most = strata_reduce_max (b, x, STRATA_AXIS (3), TRUE);
  range = strata_subtract (b, most, strata_reduce_min (b, x, STRATA_AXIS (3), TRUE));
  for (int i = 0; i < 3; i++)
    third[i] = strata_offset (b,
                              strata_scale (b,
                                            strata_divide_no_nan (b,
                                                                  strata_subtract (b, rgb[(i + 1) % 3],
                                                                                   rgb[(i + 2) % 3]), range), 1 / 6.0),
                              i / 3.0);
  hue = strata_where (b, strata_equal (b, rgb[0], most), third[0],
                      strata_where (b, strata_equal (b, rgb[1], most), third[1], third[2]));
  hue = strata_where (b, strata_greater (b, range, zero), hue, zero);
  hsv[0] = strata_where (b, strata_less (b, hue, zero), strata_offset (b, hue, 1), hue);
  hsv[1] = strata_where (b, strata_greater (b, most, zero), strata_divide_no_nan (b, range, most), zero);
  hsv[2] = most;
}

/**
 * strata_color_from_hsv: (skip)
 *
 * Undoes strata_color_to_hsv().
 */
StrataValue *
strata_color_from_hsv (StrataBuilder     *b,
                       StrataValue *const hsv[3])
{
  static const double middles[3] = { 3, 2, 4 };
  StrataValue *six = strata_scale (b, hsv[0], 6), *rgb[3];

  for (int i = 0; i < 3; i++)
    {
      StrataValue *away = strata_absolute (b, strata_offset (b, six, -middles[i])), *part;

      part = strata_clip (b, i == 0 ? strata_offset (b, away, -1) : strata_offset (b, strata_negative (b, away), 2), 0,
                          1);
      part = strata_offset (b, strata_multiply (b, hsv[1], strata_offset (b, part, -1)), 1);
      rgb[i] = strata_multiply (b, part, hsv[2]);
    }
  return strata_concatenate (b, rgb, 3, 3);
}
