/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/ports.h"

#include <math.h>

#include "canvas/metrics.h"

/**
 * strata_port_get_position: (skip)
 * @position: (out): its middle: inputs are spread along the edge that data comes from, outputs along the other
 */
void
strata_port_get_position (const StrataPort *self,
                          StrataFlow        flow,
                          graphene_point_t *position)
{
  guint n = self->output ? strata_doc_node_get_n_outputs (self->node) : strata_doc_node_get_n_inputs (self->node);
  double share = (self->index + 0.5) / MAX (n, 1);

  if (flow == STRATA_FLOW_DOWN)
    graphene_point_init (position, strata_doc_node_get_width (self->node) * share,
                         self->output ? strata_doc_node_get_height (self->node) : 0);
  else
    graphene_point_init (position, self->output ? strata_doc_node_get_width (self->node) : 0,
                         strata_doc_node_get_height (self->node) * share);
}

/**
 * strata_port_is_list: (skip)
 *
 * Returns: whether it takes any number of wires
 */
gboolean
strata_port_is_list (const StrataPort *self)
{
  return !self->output && strata_doc_node_takes_list (self->node, self->index);
}

/**
 * strata_port_get_distance: (skip)
 *
 * Returns: how far @point is from the port's middle, or from the middle line of one that takes several wires
 */
double
strata_port_get_distance (const StrataPort       *self,
                          StrataFlow              flow,
                          const graphene_point_t *point)
{
  double half = strata_port_is_list (self) ? STRATA_LIST_PORT_REACH - STRATA_PORT_SIZE / 2 : 0;
  graphene_point_t middle;
  double dx, dy;

  strata_port_get_position (self, flow, &middle);
  dx = fabs (point->x - middle.x);
  dy = fabs (point->y - middle.y);
  return flow == STRATA_FLOW_DOWN ? hypot (MAX (dx - half, 0), dy) : hypot (dx, MAX (dy - half, 0));
}

gboolean
strata_port_equal (const StrataPort *a,
                   const StrataPort *b)
{
  return a->node == b->node && a->output == b->output && a->index == b->index;
}

/**
 * strata_node_find_port: (skip)
 * @point: relative to the node's card
 * @reach: how near it must be
 * @port: (out): the nearest port
 *
 * Returns: whether there is a port near @point
 */
gboolean
strata_node_find_port (StrataDocNode          *node,
                       StrataFlow              flow,
                       const graphene_point_t *point,
                       double                  reach,
                       StrataPort             *port)
{
  double nearest = reach;
  gboolean found = FALSE;

  for (int output = 0; output < 2; output++)
    {
      guint n = output ? strata_doc_node_get_n_outputs (node) : strata_doc_node_get_n_inputs (node);

      for (guint i = 0; i < n; i++)
        {
          StrataPort candidate = { node, output, i };
          double distance = strata_port_get_distance (&candidate, flow, point);

          if (distance > nearest)
            continue;
          nearest = distance;
          *port = candidate;
          found = TRUE;
        }
    }
  return found;
}
