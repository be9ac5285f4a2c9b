/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <graphene.h>

#include "document/document.h"

G_BEGIN_DECLS

/**
 * StrataFlow:
 *
 * Where data flows to on the canvas, and so which edges of a card inputs and outputs are at.
 */
typedef enum
{
  STRATA_FLOW_DOWN,
  STRATA_FLOW_RIGHT,
} StrataFlow;

/**
 * StrataPort:
 * @node: whose port
 * @output: whether something leaves by it
 * @index: which of the node's outputs or inputs
 */
typedef struct
{
  StrataDocNode *node;
  gboolean output;
  guint index;
} StrataPort;

/* Where ports lie: positions are relative to the node's card. */
void     strata_port_get_position  (const StrataPort *self, StrataFlow flow, graphene_point_t *position);
gboolean strata_port_is_list       (const StrataPort *self);
double   strata_port_get_distance  (const StrataPort *self, StrataFlow flow, const graphene_point_t *point);
gboolean strata_port_equal         (const StrataPort *a, const StrataPort *b);
gboolean strata_node_find_port     (StrataDocNode *node, StrataFlow flow, const graphene_point_t *point, double reach,
                                    StrataPort *port);

G_END_DECLS
