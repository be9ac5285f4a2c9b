/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/curve.h"

#include <math.h>

/* How long the curve goes on in a port's direction before it turns. */
#define SHORTEST_LEAD 24
#define LONGEST_LEAD 160
#define N_SEGMENTS 24

/* How far the curve goes on in a port's direction; backwards it needs room to turn round in. */
static double
get_lead (double along,
          double across)
{
  if (along >= 0)
    return MAX (along / 2, SHORTEST_LEAD);
  return CLAMP (SHORTEST_LEAD + MAX (across, -along) / 2, SHORTEST_LEAD, LONGEST_LEAD);
}

/**
 * strata_curve_init: (skip)
 * @from: the output it leaves
 * @to: the input it enters
 */
void
strata_curve_init (StrataCurve            *self,
                   const graphene_point_t *from,
                   const graphene_point_t *to,
                   StrataFlow              flow)
{
  double dx = to->x - from->x, dy = to->y - from->y;
  double lead = flow == STRATA_FLOW_DOWN ? get_lead (dy, fabs (dx)) : get_lead (dx, fabs (dy));
  double lead_x = flow == STRATA_FLOW_RIGHT ? lead : 0, lead_y = flow == STRATA_FLOW_DOWN ? lead : 0;

  self->points[0] = *from;
  graphene_point_init (&self->points[1], from->x + lead_x, from->y + lead_y);
  graphene_point_init (&self->points[2], to->x - lead_x, to->y - lead_y);
  self->points[3] = *to;
}

void
strata_curve_get_point (const StrataCurve *self,
                        double             t,
                        graphene_point_t  *point)
{
  double s = 1 - t;
  double weights[4] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };

  graphene_point_init (point, 0, 0);
  for (int i = 0; i < 4; i++)
    {
      point->x += weights[i] * self->points[i].x;
      point->y += weights[i] * self->points[i].y;
    }
}

/**
 * strata_curve_get_bounds: (skip)
 * @bounds: (out): what surely contains the curve, line width left out
 */
void
strata_curve_get_bounds (const StrataCurve *self,
                         graphene_rect_t   *bounds)
{
  double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;

  for (int i = 0; i < 4; i++)
    {
      left = MIN (left, self->points[i].x);
      right = MAX (right, self->points[i].x);
      top = MIN (top, self->points[i].y);
      bottom = MAX (bottom, self->points[i].y);
    }
  graphene_rect_init (bounds, left, top, right - left, bottom - top);
}

static double
get_distance_to_segment (const graphene_point_t *a,
                         const graphene_point_t *b,
                         const graphene_point_t *point)
{
  double dx = b->x - a->x, dy = b->y - a->y;
  double length = dx * dx + dy * dy;
  double along = length > 0 ? CLAMP (((point->x - a->x) * dx + (point->y - a->y) * dy) / length, 0, 1) : 0;

  return hypot (point->x - a->x - along * dx, point->y - a->y - along * dy);
}

/**
 * strata_curve_get_distance: (skip)
 *
 * Returns: how far @point is from the curve; right to a pixel near it
 */
double
strata_curve_get_distance (const StrataCurve      *self,
                           const graphene_point_t *point)
{
  graphene_point_t last = self->points[0];
  double nearest = INFINITY;

  for (int i = 1; i <= N_SEGMENTS; i++)
    {
      graphene_point_t next;

      strata_curve_get_point (self, (double) i / N_SEGMENTS, &next);
      nearest = MIN (nearest, get_distance_to_segment (&last, &next, point));
      last = next;
    }
  return nearest;
}
