/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/* Pixels to either side of a wire where it is still hit. */
#define WIRE_REACH 7
/* Pixels to any side of a port where it is hit however small it is drawn. */
#define LEAST_PORT_REACH 9

static gboolean
hit_card (StrataCanvas           *self,
          StrataDocNode          *node,
          const graphene_point_t *point,
          double                  reach,
          StrataHit              *hit)
{
  graphene_point_t inside;
  graphene_rect_t area;

  strata_canvas_get_card_area (self, node, &area);
  graphene_point_init (&inside, point->x - area.origin.x, point->y - area.origin.y);
  hit->card = g_hash_table_lookup (self->cards, node);
  if (self->detail != STRATA_DETAIL_BLOCKS && strata_node_find_port (node, self->flow, &inside, reach, &hit->port))
    hit->kind = STRATA_HIT_PORT;
  else if (!graphene_rect_contains_point (&area, point))
    return FALSE;
  else if (self->detail == STRATA_DETAIL_FULL && strata_node_widget_is_on_badge (hit->card, &inside))
    hit->kind = STRATA_HIT_BADGE;
  else
    hit->kind = STRATA_HIT_CARD;
  return TRUE;
}

static StrataDocWire *
hit_wire (StrataCanvas           *self,
          const graphene_point_t *point,
          double                  reach)
{
  g_autoptr (GPtrArray) wires = g_ptr_array_new ();
  StrataDocWire *found = NULL;
  double nearest = reach;

  strata_canvas_find_wires (self, &GRAPHENE_RECT_INIT (point->x - reach, point->y - reach, 2 * reach, 2 * reach), wires);
  for (guint i = 0; i < wires->len; i++)
    {
      StrataCurve curve;
      double distance;

      strata_canvas_get_wire_curve (self, g_ptr_array_index (wires, i), &curve);
      distance = strata_curve_get_distance (&curve, point);
      if (distance >= nearest)
        continue;
      nearest = distance;
      found = g_ptr_array_index (wires, i);
    }
  return found;
}

/**
 * strata_canvas_hit: (skip)
 * @x: in the widget
 * @y: likewise
 * @hit: (out): what is there; of cards that overlap, the one on top
 */
void
strata_canvas_hit (StrataCanvas *self,
                   double        x,
                   double        y,
                   StrataHit    *hit)
{
  double reach = MAX (STRATA_PORT_REACH, LEAST_PORT_REACH / self->viewport.scale);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  graphene_point_t point;

  *hit = (StrataHit){ STRATA_HIT_NOTHING };
  strata_viewport_to_canvas (&self->viewport, x, y, &point);
  strata_canvas_find_cards (self, &GRAPHENE_RECT_INIT (point.x - reach, point.y - reach, 2 * reach, 2 * reach), nodes);
  for (guint i = nodes->len; i > 0; i--)
    if (hit_card (self, g_ptr_array_index (nodes, i - 1), &point, reach, hit))
      return;

  hit->card = NULL;
  hit->wire = hit_wire (self, &point, WIRE_REACH / self->viewport.scale);
  if (hit->wire != NULL)
    hit->kind = STRATA_HIT_WIRE;
}

/**
 * strata_canvas_find_wire:
 * @x: in the widget
 * @y: likewise
 *
 * Returns: (transfer none) (nullable): the wire that a card dropped there would be put into
 */
StrataDocWire *
strata_canvas_find_wire (StrataCanvas *self,
                         double        x,
                         double        y)
{
  graphene_point_t point;

  strata_viewport_to_canvas (&self->viewport, x, y, &point);
  return hit_wire (self, &point, 24 / self->viewport.scale);
}
