/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

#define N_SAMPLES 24
/* How far a wire keeps from cards that it passes. */
#define CLEARANCE 24
/* How much of the shift of its control points a cubic curve makes between its ends. */
#define EFFECT 0.6

static gboolean
crosses (const StrataCurve     *curve,
         const graphene_rect_t *area)
{
  for (int i = 1; i < N_SAMPLES; i++)
    {
      graphene_point_t point;

      strata_curve_get_point (curve, (double) i / N_SAMPLES, &point);
      if (graphene_rect_contains_point (area, &point))
        return TRUE;
    }
  return FALSE;
}

/* What contains all cards that the curve would run behind. */
static gboolean
find_obstacle (StrataCanvas      *self,
               StrataDocWire     *wire,
               const StrataCurve *curve,
               graphene_rect_t   *obstacle)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  gboolean found = FALSE;
  StrataPort output, input;
  graphene_rect_t bounds;

  strata_canvas_get_wire_ports (self, wire, &output, &input);
  strata_curve_get_bounds (curve, &bounds);
  strata_canvas_find_cards (self, &bounds, nodes);
  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);
      graphene_rect_t area;

      if (node == output.node || node == input.node)
        continue;
      strata_canvas_get_card_area (self, node, &area);
      if (!crosses (curve, &area))
        continue;
      graphene_rect_union (found ? obstacle : &area, &area, obstacle);
      found = TRUE;
    }
  return found;
}

static double
choose_side (double middle,
             double low,
             double high)
{
  double before = middle - low + CLEARANCE, after = high + CLEARANCE - middle;

  return (before < after ? -before : after) / EFFECT;
}

/**
 * strata_canvas_route_wire: (skip)
 * @curve: (inout): a wire's curve, which is led around the cards that it would run behind
 */
void
strata_canvas_route_wire (StrataCanvas  *self,
                          StrataDocWire *wire,
                          StrataCurve   *curve)
{
  graphene_point_t *points = curve->points, middle;
  gboolean down = self->flow == STRATA_FLOW_DOWN;
  double along = down ? points[3].y - points[0].y : points[3].x - points[0].x;
  graphene_rect_t obstacle;

  if (along < (down ? STRATA_NODE_HEIGHT : STRATA_NODE_WIDTH) || !find_obstacle (self, wire, curve, &obstacle))
    return;

  strata_curve_get_point (curve, 0.5, &middle);
  if (down)
    {
      double shift = choose_side (middle.x, obstacle.origin.x, obstacle.origin.x + obstacle.size.width);

      points[1].x += shift;
      points[2].x += shift;
    }
  else
    {
      double shift = choose_side (middle.y, obstacle.origin.y, obstacle.origin.y + obstacle.size.height);

      points[1].y += shift;
      points[2].y += shift;
    }
}
