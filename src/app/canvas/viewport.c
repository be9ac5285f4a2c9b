/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/viewport.h"

#include <math.h>

#include "canvas/metrics.h"

/* How far the ring around what has the focus reaches, in pixels. */
#define RING 8

void
strata_viewport_to_canvas (const StrataViewport *self,
                           double                x,
                           double                y,
                           graphene_point_t     *result)
{
  graphene_point_init (result, (x - self->x) / self->scale, (y - self->y) / self->scale);
}

void
strata_viewport_to_widget (const StrataViewport   *self,
                           const graphene_point_t *point,
                           graphene_point_t       *result)
{
  graphene_point_init (result, point->x * self->scale + self->x, point->y * self->scale + self->y);
}

/**
 * strata_viewport_zoom_at: (skip)
 * @x: what stays where it is, in the widget
 * @y: likewise
 * @scale: the new scale
 */
void
strata_viewport_zoom_at (StrataViewport *self,
                         double          x,
                         double          y,
                         double          scale)
{
  double ratio = scale / self->scale;

  self->x = x - (x - self->x) * ratio;
  self->y = y - (y - self->y) * ratio;
  self->scale = scale;
}

/**
 * strata_viewport_center_on: (skip)
 * @area: on the canvas
 * @width: of the widget
 * @height: of the widget
 *
 * Moves the middle of @area to the middle of the widget; on whole pixels, so that text stays sharp.
 */
void
strata_viewport_center_on (StrataViewport        *self,
                           const graphene_rect_t *area,
                           double                 width,
                           double                 height)
{
  self->x = round (width / 2 - (area->origin.x + area->size.width / 2) * self->scale);
  self->y = round (height / 2 - (area->origin.y + area->size.height / 2) * self->scale);
}

/**
 * strata_viewport_fit: (skip)
 * @area: what to show
 * @margin: pixels to leave free on each side
 * @largest: the largest scale to use
 */
void
strata_viewport_fit (StrataViewport        *self,
                     const graphene_rect_t *area,
                     double                 width,
                     double                 height,
                     double                 margin,
                     double                 largest)
{
  double across = MAX (width - 2 * margin, 1) / MAX (area->size.width, 1);
  double down = MAX (height - 2 * margin, 1) / MAX (area->size.height, 1);

  self->scale = CLAMP (MIN (across, down), STRATA_LEAST_SCALE, largest);
  strata_viewport_center_on (self, area, width, height);
}

/* How far to move what lies from low to high so that it is between 0 and size; its beginning matters most. */
static double
get_shift (double low,
           double high,
           double size,
           double margin)
{
  if (low < margin || high - low > size - 2 * margin)
    return margin - low;
  if (high > size - margin)
    return size - margin - high;
  return 0;
}

/**
 * strata_viewport_reveal: (skip)
 *
 * Pans by as little as shows all of @area, and what is around it where it has the focus. What is visible already stays
 * where it is.
 */
void
strata_viewport_reveal (StrataViewport        *self,
                        const graphene_rect_t *area,
                        double                 width,
                        double                 height,
                        double                 margin)
{
  double left = area->origin.x * self->scale + self->x, right = left + area->size.width * self->scale;
  double top = area->origin.y * self->scale + self->y, bottom = top + area->size.height * self->scale;

  if (left < RING || right > width - RING)
    self->x += round (get_shift (left, right, width, margin));
  if (top < RING || bottom > height - RING)
    self->y += round (get_shift (top, bottom, height, margin));
}

/**
 * strata_snap: (skip)
 *
 * Returns: the nearest line of the grid
 */
double
strata_snap (double position)
{
  return STRATA_GRID * round (position / STRATA_GRID);
}
