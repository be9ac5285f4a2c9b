/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/* Pixels to either side of a wire where it is still hit. */
#define WIRE_REACH 7
/* Pixels to any side of a port where it is hit however small it is drawn. */
#define LEAST_PORT_REACH 9

/* How far along a port that takes a list the end of a wire is, in the order of the wires there. */
static double
get_list_shift (StrataCanvas  *self,
                StrataDocWire *wire)
{
  const GPtrArray *wires = strata_document_get_wires (self->document);
  StrataDocNode *to = strata_doc_wire_get_to (wire);
  guint port = strata_doc_wire_get_to_port (wire), n = 0, place = 0;

  if (!strata_doc_node_takes_list (to, port))
    return 0;
  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *other = g_ptr_array_index (wires, i);

      if (other == wire)
        place = n;
      if (strata_doc_wire_get_to (other) == to && strata_doc_wire_get_to_port (other) == port)
        n++;
    }
  return ((place + 0.5) / MAX (n, 1) - 0.5) * 2 * (STRATA_LIST_PORT_REACH - STRATA_PORT_SIZE / 2);
}

/**
 * strata_canvas_get_port_point: (skip)
 * @point: (out): where the port is on the canvas
 */
void
strata_canvas_get_port_point (StrataCanvas     *self,
                              const StrataPort *port,
                              graphene_point_t *point)
{
  graphene_rect_t area;

  strata_canvas_get_card_area (self, port->node, &area);
  strata_port_get_position (port, self->flow, point);
  point->x += area.origin.x;
  point->y += area.origin.y;
}

static void
lay_wire (StrataCanvas  *self,
          StrataDocWire *wire,
          StrataCurve   *curve)
{
  StrataPort output = { strata_doc_wire_get_from (wire), TRUE, strata_doc_wire_get_from_port (wire) };
  StrataPort input = { strata_doc_wire_get_to (wire), FALSE, strata_doc_wire_get_to_port (wire) };
  graphene_point_t from, to;

  strata_canvas_get_port_point (self, &output, &from);
  strata_canvas_get_port_point (self, &input, &to);
  if (self->flow == STRATA_FLOW_DOWN)
    to.x += get_list_shift (self, wire);
  else
    to.y += get_list_shift (self, wire);
  strata_curve_init (curve, &from, &to, self->flow);
  strata_canvas_route_wire (self, wire, curve);
}

/**
 * strata_canvas_get_wire_curve: (skip)
 * @curve: (out): the wire's curve on the canvas
 */
void
strata_canvas_get_wire_curve (StrataCanvas  *self,
                              StrataDocWire *wire,
                              StrataCurve   *curve)
{
  StrataCurve *known = g_hash_table_lookup (self->curves, wire);

  if (known == NULL)
    {
      known = g_new (StrataCurve, 1);
      lay_wire (self, wire, known);
      g_hash_table_insert (self->curves, wire, known);
    }
  *curve = *known;
}

static gboolean
hit_card (StrataCanvas           *self,
          StrataDocNode          *node,
          const graphene_point_t *point,
          StrataHit              *hit)
{
  double reach = MAX (STRATA_PORT_REACH, LEAST_PORT_REACH / self->viewport.scale);
  graphene_point_t inside;
  graphene_rect_t area;

  strata_canvas_get_card_area (self, node, &area);
  graphene_point_init (&inside, point->x - area.origin.x, point->y - area.origin.y);
  if (inside.x < -reach || inside.y < -reach || inside.x > area.size.width + reach || inside.y > area.size.height + reach)
    return FALSE;

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
  const GPtrArray *wires = strata_document_get_wires (self->document);
  StrataDocWire *found = NULL;
  double nearest = reach;

  for (guint i = 0; i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      graphene_rect_t bounds;
      StrataCurve curve;
      double distance;

      strata_canvas_get_wire_curve (self, wire, &curve);
      strata_curve_get_bounds (&curve, &bounds);
      graphene_rect_inset (&bounds, -reach, -reach);
      if (!graphene_rect_contains_point (&bounds, point))
        continue;
      distance = strata_curve_get_distance (&curve, point);
      if (distance >= nearest)
        continue;
      nearest = distance;
      found = wire;
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
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  graphene_point_t point;

  *hit = (StrataHit){ STRATA_HIT_NOTHING };
  strata_viewport_to_canvas (&self->viewport, x, y, &point);
  for (guint i = nodes->len; i > 0; i--)
    if (hit_card (self, g_ptr_array_index (nodes, i - 1), &point, hit))
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
