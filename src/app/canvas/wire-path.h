/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "canvas/curve.h"
#include "document/wire.h"

G_BEGIN_DECLS

/**
 * StrataPlaceFunc:
 * @area: (out): where the card of @node is
 */
typedef void (*StrataCardPlaceFunc) (StrataDocNode *node, graphene_rect_t *area, gpointer user_data);

/* Where wires run between the cards of a level, on the screen and in pictures. */
gboolean strata_wire_get_ports  (StrataDocWire *wire, StrataDocNode *scope, StrataPort *output, StrataPort *input);
void     strata_wire_get_port_point (const StrataPort *port, StrataFlow flow, StrataCardPlaceFunc place,
                                     gpointer user_data, graphene_point_t *point);
void     strata_wire_lay        (StrataDocWire *wire, StrataDocNode *scope, StrataFlow flow, StrataCardPlaceFunc place,
                                 gpointer user_data, StrataCurve *curve);
void     strata_wire_lead_around (StrataCurve *curve, StrataFlow flow, const GPtrArray *nodes, const StrataPort *output,
                                  const StrataPort *input, StrataCardPlaceFunc place, gpointer user_data);

G_END_DECLS
