/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/wire-path.h"

#include <math.h>

#include "canvas/metrics.h"
#include "document/group.h"

/* How much is seen of a wire that comes from outside the group that is looked into, or leads there. */
#define STUB_LENGTH 64
#define N_SAMPLES 24
/* How far a wire keeps from cards that it passes. */
#define CLEARANCE 24
/* How much of the shift of its control points a cubic curve makes between its ends. */
#define EFFECT 0.6

/**
 * strata_wire_get_ports: (skip)
 * @scope: (nullable): the group that is looked into, or %NULL for the whole network
 * @output: (out): where the wire is seen to begin; its node is %NULL where it comes from outside
 * @input: (out): where it is seen to end; its node is %NULL where it leads outside
 *
 * Returns: whether it is seen there
 */
gboolean
strata_wire_get_ports (StrataDocWire *wire,
                       StrataDocNode *scope,
                       StrataPort    *output,
                       StrataPort    *input)
{
  StrataDocNode *from = strata_doc_wire_get_from (wire), *to = strata_doc_wire_get_to (wire);

  *output = (StrataPort){ strata_doc_node_get_unit (from, scope), TRUE, strata_doc_wire_get_from_port (wire) };
  *input = (StrataPort){ strata_doc_node_get_unit (to, scope), FALSE, strata_doc_wire_get_to_port (wire) };
  if (output->node == input->node)
    return FALSE;
  if (output->node != NULL && output->node != from)
    strata_doc_node_find_exit (output->node, from, strata_doc_wire_get_from_port (wire), &output->index);
  if (input->node != NULL && input->node != to)
    strata_doc_node_find_entry (input->node, from, strata_doc_wire_get_from_port (wire), &input->index);
  return TRUE;
}

/* How far along a port that takes a list the end of a wire is, in the order of the wires there. */
static double
get_list_shift (StrataDocWire *wire)
{
  StrataDocNode *to = strata_doc_wire_get_to (wire);
  const GPtrArray *incoming = strata_doc_node_get_wires (to, TRUE);
  guint port = strata_doc_wire_get_to_port (wire), n = 0, place = 0;

  if (!strata_doc_node_takes_list (to, port))
    return 0;
  for (guint i = 0; i < incoming->len; i++)
    {
      if (g_ptr_array_index (incoming, i) == wire)
        place = n;
      if (strata_doc_wire_get_to_port (g_ptr_array_index (incoming, i)) == port)
        n++;
    }
  return ((place + 0.5) / MAX (n, 1) - 0.5) * 2 * (STRATA_LIST_PORT_REACH - STRATA_PORT_SIZE / 2);
}

/**
 * strata_wire_get_port_point: (skip)
 * @point: (out): where the middle of a port is
 */
void
strata_wire_get_port_point (const StrataPort    *port,
                            StrataFlow           flow,
                            StrataCardPlaceFunc  place,
                            gpointer             user_data,
                            graphene_point_t    *point)
{
  graphene_rect_t area;

  place (port->node, &area, user_data);
  strata_port_get_position (port, flow, point);
  point->x += area.origin.x;
  point->y += area.origin.y;
}

/**
 * strata_wire_lay: (skip)
 * @curve: (out): from port to port, whatever is between them; no longer than a point where it is not seen
 */
void
strata_wire_lay (StrataDocWire       *wire,
                 StrataDocNode       *scope,
                 StrataFlow           flow,
                 StrataCardPlaceFunc  place,
                 gpointer             user_data,
                 StrataCurve         *curve)
{
  double stub_x = flow == STRATA_FLOW_RIGHT ? STUB_LENGTH : 0, stub_y = flow == STRATA_FLOW_DOWN ? STUB_LENGTH : 0;
  graphene_point_t from = { 0 }, to = { 0 };
  StrataPort output, input;

  if (!strata_wire_get_ports (wire, scope, &output, &input))
    {
      strata_curve_init (curve, &from, &to, flow);
      return;
    }
  if (output.node != NULL)
    strata_wire_get_port_point (&output, flow, place, user_data, &from);
  if (input.node != NULL)
    strata_wire_get_port_point (&input, flow, place, user_data, &to);
  if (input.node == strata_doc_wire_get_to (wire))
    {
      to.x += flow == STRATA_FLOW_DOWN ? get_list_shift (wire) : 0;
      to.y += flow == STRATA_FLOW_DOWN ? 0 : get_list_shift (wire);
    }
  if (output.node == NULL)
    graphene_point_init (&from, to.x - stub_x, to.y - stub_y);
  if (input.node == NULL)
    graphene_point_init (&to, from.x + stub_x, from.y + stub_y);
  strata_curve_init (curve, &from, &to, flow);
}

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

/* Whether a wire goes back against the flow, past other cards. */
static gboolean
turns (const graphene_point_t *from,
       const graphene_point_t *to,
       StrataFlow              flow)
{
  double along = flow == STRATA_FLOW_DOWN ? to->y - from->y : to->x - from->x;
  double across = flow == STRATA_FLOW_DOWN ? to->x - from->x : to->y - from->y;

  return flow == STRATA_FLOW_DOWN ? along < -STRATA_NODE_HEIGHT && fabs (across) > STRATA_NODE_WIDTH
                                  : along < -STRATA_NODE_WIDTH && fabs (across) > STRATA_NODE_HEIGHT;
}

/* What a card takes across the flow. */
typedef struct
{
  double low, high;
} Span;

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const Span *first = a, *second = b;

  return first->low < second->low ? -1 : first->low > second->low;
}

/* The middle of the widest lane between the cards that are beside a wire which goes back. */
static double
find_lane (const graphene_point_t *from,
           const graphene_point_t *to,
           StrataFlow              flow,
           const GPtrArray        *nodes,
           StrataCardPlaceFunc     place,
           gpointer                user_data)
{
  gboolean down = flow == STRATA_FLOW_DOWN;
  double low = down ? MIN (from->x, to->x) : MIN (from->y, to->y);
  double high = down ? MAX (from->x, to->x) : MAX (from->y, to->y);
  double lane = (low + high) / 2, widest = 0, reached = low;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));

  for (guint i = 0; i < nodes->len; i++)
    {
      graphene_rect_t area;
      Span span;

      place (g_ptr_array_index (nodes, i), &area, user_data);
      span = down ? (Span){ area.origin.x, area.origin.x + area.size.width }
                  : (Span){ area.origin.y, area.origin.y + area.size.height };
      if ((down ? area.origin.y < from->y && area.origin.y + area.size.height > to->y
                : area.origin.x < from->x && area.origin.x + area.size.width > to->x) && span.high > low &&
                span.low < high)
        g_array_append_val (spans, span);
    }
  g_array_sort (spans, compare_spans);
  for (guint i = 0; i <= spans->len; i++)
    {
      Span span = i < spans->len ? g_array_index (spans, Span, i) : (Span){ high, high };

      if (span.low - reached > widest)
        {
          widest = span.low - reached;
          lane = (span.low + reached) / 2;
        }
      reached = MAX (reached, span.high);
    }
  return lane;
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
 * strata_wire_lead_around: (skip)
 * @curve: (inout): a wire's curve, which is led around the cards that it would run behind
 * @nodes: (element-type StrataDocNode): what has a card near it
 * @output: where it begins
 * @input: where it ends
 */
void
strata_wire_lead_around (StrataCurve         *curve,
                         StrataFlow           flow,
                         const GPtrArray     *nodes,
                         const StrataPort    *output,
                         const StrataPort    *input,
                         StrataCardPlaceFunc  place,
                         gpointer             user_data)
{
  graphene_point_t *points = curve->points, middle;
  gboolean down = flow == STRATA_FLOW_DOWN, found = FALSE;
  graphene_rect_t obstacle, area, bounds;
  double shift;

  if (output->node != NULL && input->node != NULL && turns (&points[0], &points[3], flow))
    {
      graphene_point_t from = points[0], to = points[3];

      strata_curve_init_turning (curve, &from, &to, find_lane (&from, &to, flow, nodes, place, user_data), flow);
      return;
    }
  if ((down ? points[3].y - points[0].y : points[3].x - points[0].x) < (down ? STRATA_NODE_HEIGHT : STRATA_NODE_WIDTH))
    return;
  strata_curve_get_bounds (curve, &bounds);
  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);

      if (node == output->node || node == input->node)
        continue;
      place (node, &area, user_data);
      if (!graphene_rect_intersection (&area, &bounds, NULL) || !crosses (curve, &area))
        continue;
      graphene_rect_union (found ? &obstacle : &area, &area, &obstacle);
      found = TRUE;
    }
  if (!found)
    return;

  strata_curve_get_point (curve, 0.5, &middle);
  shift = down ? choose_side (middle.x, obstacle.origin.x, obstacle.origin.x + obstacle.size.width)
               : choose_side (middle.y, obstacle.origin.y, obstacle.origin.y + obstacle.size.height);
  for (int i = 1; i <= 2; i++)
    {
      points[i].x += down ? shift : 0;
      points[i].y += down ? 0 : shift;
    }
}
