/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "canvas/note-draw.h"

/* Pixels to either side of a wire where it is still hit. */
#define WIRE_REACH 7
/* Pixels to either side of a frame's edge where it is taken hold of. */
#define EDGE_REACH 6
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

  strata_canvas_find_wires (self,
                            &GRAPHENE_RECT_INIT (point->x - reach, point->y - reach, 2 * reach, 2 * reach), wires);
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

/* A frame is held by its title and its edges, so that one can select and add layers on it. */
static gboolean
hit_note (StrataCanvas           *self,
          StrataDocNote          *note,
          const graphene_point_t *point,
          StrataHit              *hit)
{
  double reach = EDGE_REACH / self->viewport.scale, grip = MAX (STRATA_NOTE_GRIP, 12 / self->viewport.scale);
  graphene_rect_t area, outer, inner;

  strata_canvas_get_note_area (self, note, &area);
  outer = inner = area;
  graphene_rect_inset (&outer, -reach, -reach);
  if (!graphene_rect_contains_point (&outer, point))
    return FALSE;
  if (point->x > area.origin.x + area.size.width - grip && point->y > area.origin.y + area.size.height - grip)
    hit->kind = STRATA_HIT_GRIP;
  else if (strata_doc_note_get_kind (note) == STRATA_NOTE_TEXT)
    hit->kind = STRATA_HIT_NOTE;
  else
    {
      graphene_rect_inset (&inner, reach, reach);
      inner.origin.y += STRATA_FRAME_TITLE - reach;
      inner.size.height -= STRATA_FRAME_TITLE - reach;
      if (graphene_rect_contains_point (&inner, point))
        return FALSE;
      hit->kind = STRATA_HIT_NOTE;
    }
  hit->note = note;
  return TRUE;
}

/* Notes lie on wires, wires on frames; of each, what was made last is on top. */
static gboolean
hit_notes (StrataCanvas           *self,
           StrataNoteKind          kind,
           const graphene_point_t *point,
           StrataHit              *hit)
{
  const GPtrArray *notes = strata_document_get_notes (self->document);
  guint scope = self->scope != NULL ? strata_doc_node_get_id (self->scope) : 0;

  for (guint i = notes->len; i > 0; i--)
    {
      StrataDocNote *note = g_ptr_array_index (notes, i - 1);

      if (strata_doc_note_get_kind (note) == kind && strata_doc_note_get_look (note)->group == scope &&
          hit_note (self, note, point, hit))
        return TRUE;
    }
  return FALSE;
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
  if (hit_notes (self, STRATA_NOTE_TEXT, &point, hit))
    return;
  hit->wire = hit_wire (self, &point, WIRE_REACH / self->viewport.scale);
  if (hit->wire != NULL)
    hit->kind = STRATA_HIT_WIRE;
  else
    hit_notes (self, STRATA_NOTE_FRAME, &point, hit);
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
