/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "charts/scale.h"

#include <math.h>

/**
 * strata_scale_init:
 * @self: what is filled
 * @kind: how numbers are placed
 * @low: number at @start
 * @high: number at @end
 * @start: pixel of @low
 * @end: pixel of @high
 *
 * Sets a scale up. Where @low and @high leave no room (they are equal, not
 * finite, or not positive on a logarithmic scale), a range around them is taken,
 * so every scale can be drawn.
 */
void
strata_scale_init (StrataScale     *self,
                   StrataScaleKind  kind,
                   double           low,
                   double           high,
                   double           start,
                   double           end)
{
  g_return_if_fail (self != NULL);

  if (!isfinite (low) || !isfinite (high) || low > high)
    {
      low = kind == STRATA_SCALE_LOG ? 0.1 : 0;
      high = 1;
    }
  if (kind == STRATA_SCALE_LOG)
    {
      if (high <= 0)
        high = 1;
      if (low <= 0)
        low = high / 1000;
      if (high <= low * (1 + 1e-9))
        {
          low /= 2;
          high *= 2;
        }
    }
  else if (high - low <= 1e-12 * fmax (fabs (low), fabs (high)) || high == low)
    {
      double room = low == 0 ? 0.5 : fabs (low) * 0.1;

      low -= room;
      high += room;
    }
  *self = (StrataScale) { kind, low, high, start, end };
}

/**
 * strata_scale_map:
 * @self: a scale
 * @value: a number
 *
 * Returns: the pixel of @value; NaN if it has no place
 */
double
strata_scale_map (const StrataScale *self,
                  double             value)
{
  double share;

  if (self->kind == STRATA_SCALE_LOG)
    share = value > 0 ? log (value / self->low) / log (self->high / self->low) : (double) NAN;
  else
    share = (value - self->low) / (self->high - self->low);
  return isfinite (share) ? self->start + share * (self->end - self->start) : (double) NAN;
}

/**
 * strata_scale_invert:
 * @self: a scale
 * @pixel: a place
 *
 * Returns: the number at @pixel
 */
double
strata_scale_invert (const StrataScale *self,
                     double             pixel)
{
  double share = self->end == self->start ? 0 : (pixel - self->start) / (self->end - self->start);

  if (self->kind == STRATA_SCALE_LOG)
    return self->low * pow (self->high / self->low, share);
  return self->low + share * (self->high - self->low);
}

/**
 * strata_scale_equal:
 * @self: a scale
 * @other: another
 *
 * Returns: whether both put every number at the same pixel
 */
gboolean
strata_scale_equal (const StrataScale *self,
                    const StrataScale *other)
{
  return self->kind == other->kind && self->low == other->low && self->high == other->high &&
         self->start == other->start && self->end == other->end;
}
