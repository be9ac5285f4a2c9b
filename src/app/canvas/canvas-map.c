/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "canvas/wire-path.h"

/*
 * Where things lie: cards and the curves of wires, found by tiles. Both are worked out when they are next asked for
 * after something moved.
 */

/* Cards came, went or moved. */
void
strata_canvas_forget_places (StrataCanvas *self)
{
  self->cards_mapped = FALSE;
  strata_canvas_forget_wires (self);
}

/* Wires came or went, or ports are elsewhere. */
void
strata_canvas_forget_wires (StrataCanvas *self)
{
  self->wires_mapped = FALSE;
  g_hash_table_remove_all (self->curves);
}

/* Cards are being dragged: only their own wires follow, others are led around them once they lie. */
void
strata_canvas_forget_places_of (StrataCanvas *self,
                                GPtrArray    *nodes)
{
  self->cards_mapped = self->wires_mapped = FALSE;
  for (guint i = 0; i < nodes->len; i++)
    for (int incoming = 0; incoming < 2; incoming++)
      {
        const GPtrArray *wires = strata_doc_node_get_wires (g_ptr_array_index (nodes, i), incoming);

        for (guint j = 0; j < wires->len; j++)
          g_hash_table_remove (self->curves, g_ptr_array_index (wires, j));
        /* A group's wires are those of what is in it. */
        if (strata_doc_node_is_group (g_ptr_array_index (nodes, i)))
          g_hash_table_remove_all (self->curves);
      }
}

/**
 * strata_canvas_find_cards: (skip)
 * @area: on the canvas
 * @found: (element-type StrataDocNode): gets what has a card there, from the lowest to the one on top
 */
void
strata_canvas_find_cards (StrataCanvas          *self,
                          const graphene_rect_t *area,
                          GPtrArray             *found)
{
  if (!self->cards_mapped)
    {
      g_autoptr (GPtrArray) nodes = strata_canvas_dup_units (self);

      strata_tiles_clear (self->card_tiles);
      for (guint i = 0; i < nodes->len; i++)
        {
          graphene_rect_t place;

          strata_canvas_get_card_area (self, g_ptr_array_index (nodes, i), &place);
          strata_tiles_add (self->card_tiles, &place, g_ptr_array_index (nodes, i));
        }
      self->cards_mapped = TRUE;
    }
  strata_tiles_find (self->card_tiles, area, found);
}

/**
 * strata_canvas_find_wires: (skip)
 * @area: on the canvas
 * @found: (element-type StrataDocWire): gets the wires that may pass there
 */
void
strata_canvas_find_wires (StrataCanvas          *self,
                          const graphene_rect_t *area,
                          GPtrArray             *found)
{
  const GPtrArray *wires = strata_document_get_wires (self->document);

  if (!self->wires_mapped)
    {
      strata_tiles_clear (self->wire_tiles);
      for (guint i = 0; i < wires->len; i++)
        {
          StrataPort output, input;
          StrataCurve curve;
          graphene_rect_t place;

          if (!strata_canvas_get_wire_ports (self, g_ptr_array_index (wires, i), &output, &input))
            continue;
          strata_canvas_get_wire_curve (self, g_ptr_array_index (wires, i), &curve);
          strata_curve_get_bounds (&curve, &place);
          strata_tiles_add (self->wire_tiles, &place, g_ptr_array_index (wires, i));
        }
      self->wires_mapped = TRUE;
    }
  strata_tiles_find (self->wire_tiles, area, found);
}

static void
place_card (StrataDocNode   *node,
            graphene_rect_t *area,
            gpointer         user_data)
{
  strata_canvas_get_card_area (user_data, node, area);
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
  strata_wire_get_port_point (port, self->flow, place_card, self, point);
}

static void
lay_wire (StrataCanvas  *self,
          StrataDocWire *wire,
          StrataCurve   *curve)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  StrataPort output, input;
  graphene_rect_t bounds;

  strata_wire_lay (wire, self->scope, self->flow, place_card, self, curve);
  if (!strata_canvas_get_wire_ports (self, wire, &output, &input))
    return;
  strata_curve_get_bounds (curve, &bounds);
  strata_canvas_find_cards (self, &bounds, nodes);
  strata_wire_lead_around (curve, self->flow, nodes, &output, &input, place_card, self);
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
