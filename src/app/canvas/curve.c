/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/curve.h"

#include <math.h>

/* How long the curve goes on in a port's direction before it turns. */
#define SHORTEST_LEAD 24
#define LONGEST_LEAD 160
/* How far it goes on where it turns right round: three quarters of that are seen, less than what is between cards. */
#define TURN 48
/* Straight lines that stand for a part where distances are measured. */
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

  self->n_parts = 1;
  self->points[0] = *from;
  graphene_point_init (&self->points[1], from->x + lead_x, from->y + lead_y);
  graphene_point_init (&self->points[2], to->x - lead_x, to->y - lead_y);
  self->points[3] = *to;
}

/**
 * strata_curve_init_turning: (skip)
 * @lane: where it goes back, across the flow
 *
 * Goes back against the flow on a lane between cards, and turns round before and behind it.
 */
void
strata_curve_init_turning (StrataCurve            *self,
                           const graphene_point_t *from,
                           const graphene_point_t *to,
                           double                  lane,
                           StrataFlow              flow)
{
  gboolean down = flow == STRATA_FLOW_DOWN;
  double begin = down ? from->y : from->x, end = down ? to->y : to->x;
  double out = down ? from->x : from->y, in = down ? to->x : to->y;
  double across[] = { out, out, lane, lane, lane, lane, lane, lane, in, in };
  double along[] = { begin, begin + TURN, begin + TURN, begin, (2 * begin + end) / 3, (begin + 2 * end) / 3,
                     end, end - TURN, end - TURN, end };

  self->n_parts = 3;
  for (guint i = 0; i < G_N_ELEMENTS (along); i++)
    graphene_point_init (&self->points[i], down ? across[i] : along[i], down ? along[i] : across[i]);
}

void
strata_curve_get_end (const StrataCurve *self,
                      graphene_point_t  *point)
{
  *point = self->points[3 * self->n_parts];
}

/**
 * strata_curve_trace: (skip)
 *
 * Adds the curve to the path of @cr.
 */
void
strata_curve_trace (const StrataCurve *self,
                    cairo_t           *cr)
{
  const graphene_point_t *p = self->points;

  cairo_move_to (cr, p[0].x, p[0].y);
  for (guint i = 0; i < self->n_parts; i++, p += 3)
    cairo_curve_to (cr, p[1].x, p[1].y, p[2].x, p[2].y, p[3].x, p[3].y);
}

/**
 * strata_curve_get_point: (skip)
 * @t: from 0 at its beginning to 1 at its end
 * @point: (out): a point of it
 */
void
strata_curve_get_point (const StrataCurve *self,
                        double             t,
                        graphene_point_t  *point)
{
  guint part = MIN ((guint) (t * self->n_parts), self->n_parts - 1);
  const graphene_point_t *p = self->points + 3 * part;
  double u = t * self->n_parts - part, s = 1 - u;
  double weights[4] = { s * s * s, 3 * s * s * u, 3 * s * u * u, u * u * u };

  graphene_point_init (point, 0, 0);
  for (int i = 0; i < 4; i++)
    {
      point->x += weights[i] * p[i].x;
      point->y += weights[i] * p[i].y;
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

  for (guint i = 0; i <= 3 * self->n_parts; i++)
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

  for (guint i = 1; i <= N_SEGMENTS * self->n_parts; i++)
    {
      graphene_point_t next;

      strata_curve_get_point (self, (double) i / (N_SEGMENTS * self->n_parts), &next);
      nearest = MIN (nearest, get_distance_to_segment (&last, &next, point));
      last = next;
    }
  return nearest;
}
