/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/*
 * Where a layer goes that is chosen from a list: where the pointer is, at the end of a wire that was dropped, or, for
 * who works with keys, behind the layer that is selected.
 */

/* Between two cards that follow each other. */
#define GAP 40

/* A place behind @after where no card lies. */
static void
find_room (StrataCanvas  *self,
           StrataDocNode *after,
           double        *x,
           double        *y)
{
  g_autoptr (GPtrArray) nodes = strata_canvas_dup_units (self);
  gboolean moved = TRUE, down = self->flow == STRATA_FLOW_DOWN;

  *x = strata_doc_node_get_x (after) + (down ? 0 : STRATA_NODE_WIDTH + GAP);
  *y = strata_doc_node_get_y (after) + (down ? strata_doc_node_get_height (after) + GAP : 0);
  while (moved)
    {
      moved = FALSE;
      for (guint i = 0; i < nodes->len && !moved; i++)
        {
          StrataDocNode *other = g_ptr_array_index (nodes, i);

          moved = ABS (strata_doc_node_get_x (other) - *x) < STRATA_NODE_WIDTH &&
                  *y - strata_doc_node_get_y (other) < strata_doc_node_get_height (other) &&
                  strata_doc_node_get_y (other) - *y < STRATA_NODE_HEIGHT;
        }
      if (moved && down)
        *x += STRATA_NODE_WIDTH + GAP;
      else if (moved)
        *y += STRATA_NODE_HEIGHT + GAP;
    }
}

static StrataDocNode *
find_last (StrataCanvas *self)
{
  StrataDocNode *node = strata_selection_get_single (self->selection), *lowest = NULL;
  g_autoptr (GPtrArray) nodes = strata_canvas_dup_units (self);

  for (guint i = 0; i < nodes->len; i++)
    if (lowest == NULL || strata_doc_node_get_y (g_ptr_array_index (nodes, i)) > strata_doc_node_get_y (lowest))
      lowest = g_ptr_array_index (nodes, i);
  return node != NULL ? node : lowest;
}

/* The layer that the next one goes behind: that below the pointer, or the one that keys went to. */
static StrataDocNode *
find_before (StrataCanvas *self)
{
  StrataHit hit;

  if (!strata_canvas_is_pointed_at (self))
    return find_last (self);
  strata_canvas_hit (self, self->pointer_x, self->pointer_y, &hit);
  return hit.card != NULL ? strata_node_widget_get_node (hit.card) : NULL;
}

/* What is chosen next goes behind @after, and takes what that makes; an input takes nothing. */
static void
plan_behind (StrataCanvas  *self,
             StrataDocNode *after)
{
  self->pending = (StrataPending){ .connects = TRUE, .from = { after, TRUE, 0 } };
  find_room (self, after, &self->pending.x, &self->pending.y);
  self->pending.x += STRATA_NODE_WIDTH / 2;
}

/**
 * strata_canvas_is_pointed_at: (skip)
 *
 * Returns: whether the pointer was moved to a place of the canvas after keys were last used to go about on it
 */
gboolean
strata_canvas_is_pointed_at (StrataCanvas *self)
{
  return self->pointer_counts && self->pointer_x > 0 && self->pointer_y > 0 &&
         self->pointer_x < gtk_widget_get_width (GTK_WIDGET (self)) &&
         self->pointer_y < gtk_widget_get_height (GTK_WIDGET (self));
}

/**
 * strata_canvas_begin_search:
 *
 * Lets the user choose a layer, to be put where the pointer is, or behind the layer that keys went to.
 */
void
strata_canvas_begin_search (StrataCanvas *self)
{
  StrataDocNode *after = find_before (self);
  graphene_point_t point, place = { self->pointer_x, self->pointer_y };

  if (after != NULL)
    {
      strata_canvas_reveal (self, after);
      plan_behind (self, after);
      strata_canvas_to_widget (self, self->pending.x, self->pending.y - GAP, &place);
    }
  else
    {
      if (!strata_canvas_is_pointed_at (self))
        graphene_point_init (&place, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                             gtk_widget_get_height (GTK_WIDGET (self)) / 3.0);
      strata_viewport_to_canvas (&self->viewport, place.x, place.y, &point);
      self->pending = (StrataPending){ .x = point.x, .y = point.y };
    }
  strata_canvas_emit_search (self, place.x, place.y);
}

/**
 * strata_canvas_search_for_wire: (skip)
 * @from: where the wire comes from
 * @x: where it was let go, in the widget
 * @y: likewise
 *
 * Lets the user choose a layer that a wire leads to.
 */
void
strata_canvas_search_for_wire (StrataCanvas     *self,
                               const StrataPort *from,
                               double            x,
                               double            y)
{
  graphene_point_t point;

  strata_viewport_to_canvas (&self->viewport, x, y, &point);
  self->pending = (StrataPending){ .connects = TRUE, .strict = TRUE, .from = *from, .x = point.x, .y = point.y };
  strata_canvas_emit_search (self, x, y);
}

static gboolean
connects (StrataCanvas *self,
          const char   *class_name)
{
  return self->pending.connects && (self->pending.strict || !g_str_equal (class_name, "InputLayer"));
}

/**
 * strata_canvas_add_layer:
 * @class_name: what was chosen after the signal `search`
 *
 * Puts a layer where it was searched from, and connects it if a wire led there.
 * Returns: (transfer none) (nullable): the new node
 */
StrataDocNode *
strata_canvas_add_layer (StrataCanvas *self,
                         const char   *class_name)
{
  double x = strata_snap (self->pending.x - STRATA_NODE_WIDTH / 2), y = strata_snap (self->pending.y);
  g_autofree char *label = g_strdup_printf (_("Add %s"), class_name);
  g_autoptr (GError) error = NULL;
  StrataDocNode *node;

  if (self->pending.connects && !self->pending.from.output)
    y -= STRATA_NODE_HEIGHT;
  strata_document_begin_group (self->document, label);
  node = strata_document_add_node (self->document, class_name, NULL, x, y, &error);
  if (node != NULL && connects (self, class_name))
    strata_canvas_connect_pending (self, node);
  strata_document_end_group (self->document);
  self->pending.connects = FALSE;
  /* The next one goes behind this one, unless the pointer is moved. */
  self->pointer_counts = FALSE;

  if (node == NULL)
    {
      strata_canvas_notice (self, error->message);
      return NULL;
    }
  strata_selection_select (self->selection, node);
  strata_canvas_reveal (self, node);
  return node;
}

/* Whether a layer could take @spec, as far as that is known; an input takes nothing. */
static gboolean
can_take (const StrataLayerInfo *info,
          const StrataSpec      *spec)
{
  if (g_str_equal (info->object.name, "InputLayer"))
    return FALSE;
  return spec == NULL || ((info->min_rank == 0 || spec->shape.rank >= info->min_rank) &&
                          (info->max_rank == 0 || spec->shape.rank <= info->max_rank));
}

/**
 * strata_canvas_offers: (skip)
 * @info: a kind of layer
 * @canvas: a #StrataCanvas
 *
 * Returns: whether such a layer could be connected to the wire that a layer is being searched for, if there is one
 */
gboolean
strata_canvas_offers (const StrataLayerInfo *info,
                      gpointer               canvas)
{
  StrataCanvas *self = canvas;

  return !self->pending.strict || !self->pending.from.output ||
         can_take (info, strata_doc_node_get_output_spec (self->pending.from.node, self->pending.from.index));
}

/**
 * strata_canvas_suits: (skip)
 * @info: a kind of layer
 * @canvas: a #StrataCanvas
 *
 * Returns: whether such a layer could take what the layer makes that it would go behind, if there is one
 */
gboolean
strata_canvas_suits (const StrataLayerInfo *info,
                     gpointer               canvas)
{
  StrataDocNode *last = find_last (canvas);

  return last == NULL || can_take (info, strata_doc_node_get_output_spec (last, 0));
}

/**
 * strata_canvas_append_layer:
 * @class_name: a layer's class
 *
 * Puts a layer behind the one that is selected, or else behind the last, and connects it.
 * Returns: (transfer none) (nullable): the new node
 */
StrataDocNode *
strata_canvas_append_layer (StrataCanvas *self,
                            const char   *class_name)
{
  StrataDocNode *after = find_last (self);

  self->pending = (StrataPending){ FALSE };
  if (after != NULL)
    plan_behind (self, after);
  return strata_canvas_add_layer (self, class_name);
}
