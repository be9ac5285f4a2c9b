/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/rounded.h"

/**
 * strata_rounded_add:
 * @radius: of the corners
 *
 * Adds the outline of a rectangle with round corners to the path, as cards and ports have.
 */
void
strata_rounded_add (cairo_t *cr,
                    double   x,
                    double   y,
                    double   width,
                    double   height,
                    double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}
