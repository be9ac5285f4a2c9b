/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/* What moves is settled when it begins to: a frame picks up nothing on its way. */
static void
begin (StrataCanvas *self,
       double        x,
       double        y)
{
  g_ptr_array_set_size (self->moved_nodes, 0);
  g_ptr_array_set_size (self->moved_notes, 0);
  g_hash_table_remove_all (self->moving);
  strata_canvas_collect_moved (self, self->moved_nodes, self->moved_notes);
  for (guint i = 0; i < self->moved_nodes->len; i++)
    g_hash_table_add (self->moving, g_ptr_array_index (self->moved_nodes, i));
  for (guint i = 0; i < self->moved_notes->len; i++)
    g_hash_table_add (self->moving, g_ptr_array_index (self->moved_notes, i));
  self->move_x = x;
  self->move_y = y;
  self->move_dx = self->move_dy = 0;
  self->aligned_x = self->aligned_y = FALSE;
  self->drag = STRATA_DRAG_MOVE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

void
strata_canvas_begin_move (StrataCanvas  *self,
                          StrataDocNode *node)
{
  if (!strata_selection_contains (self->selection, node))
    strata_selection_select (self->selection, node);
  begin (self, strata_doc_node_get_x (node), strata_doc_node_get_y (node));
}

void
strata_canvas_begin_move_note (StrataCanvas  *self,
                               StrataDocNote *note)
{
  const StrataNoteLook *look = strata_doc_note_get_look (note);

  if (!strata_selection_contains_note (self->selection, note))
    strata_selection_select_note (self->selection, note);
  begin (self, look->x, look->y);
}

/* A card that is alone and has no wires may be dropped on one. */
static StrataDocNode *
get_insertable (StrataCanvas *self)
{
  StrataDocNode *node = strata_selection_get_single (self->selection);

  if (node == NULL || strata_doc_node_is_group (node) || strata_doc_node_get_n_inputs (node) == 0 ||
      strata_doc_node_get_wires (node, TRUE)->len > 0 ||
      strata_doc_node_get_wires (node, FALSE)->len > 0)
    return NULL;
  return node;
}

/* The card under the pointer snaps to the grid; the others keep their distance to it. */
void
strata_canvas_update_move (StrataCanvas *self,
                           double        dx,
                           double        dy)
{
  StrataDocNode *insertable = get_insertable (self);
  graphene_rect_t area;
  graphene_point_t middle;

  self->move_dx = strata_snap (self->move_x + dx / self->viewport.scale) - self->move_x;
  self->move_dy = strata_snap (self->move_y + dy / self->viewport.scale) - self->move_y;
  if (strata_selection_get_n_nodes (self->selection) > 0)
    strata_canvas_align_move (self);
  self->drop_wire = NULL;
  if (insertable != NULL)
    {
      strata_canvas_get_card_area (self, insertable, &area);
      graphene_rect_get_center (&area, &middle);
      strata_viewport_to_widget (&self->viewport, &middle, &middle);
      self->drop_wire = strata_canvas_find_wire (self, middle.x, middle.y);
    }
  strata_canvas_nodes_dragged (self, self->moved_nodes);
}

void
strata_canvas_end_move (StrataCanvas *self)
{
  StrataDocNode *single = self->moved_nodes->len == 1 ? g_ptr_array_index (self->moved_nodes, 0) : NULL;
  StrataDocWire *wire = self->drop_wire;

  self->drag = STRATA_DRAG_NONE;
  self->drop_wire = NULL;
  strata_document_end_coalescing (self->document);
  strata_document_begin_group (self->document, wire != NULL ? _("Insert layer") : _("Move"));
  if (self->move_dx != 0 || self->move_dy != 0)
    strata_document_move_all (self->document, self->moved_nodes, self->moved_notes, self->move_dx, self->move_dy);
  if (wire != NULL && single != NULL)
    strata_canvas_put_on_wire (self, single, wire);
  strata_document_end_group (self->document);
  strata_document_end_coalescing (self->document);
  strata_canvas_nodes_moved (self);
}

/* A note is pulled by its lower right corner. */
void
strata_canvas_begin_resize (StrataCanvas  *self,
                            StrataDocNote *note)
{
  strata_selection_select_note (self->selection, note);
  self->resized = note;
  self->move_dx = self->move_dy = 0;
  self->drag = STRATA_DRAG_RESIZE;
}

void
strata_canvas_update_resize (StrataCanvas *self,
                             double        dx,
                             double        dy)
{
  const StrataNoteLook *look = strata_doc_note_get_look (self->resized);

  self->move_dx = strata_snap (look->width + dx / self->viewport.scale) - look->width;
  self->move_dy = strata_snap (look->height + dy / self->viewport.scale) - look->height;
  gtk_widget_queue_allocate (self->plane);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
strata_canvas_end_resize (StrataCanvas *self)
{
  StrataNoteLook look = *strata_doc_note_get_look (self->resized);
  StrataDocNote *note = g_steal_pointer (&self->resized);

  look.width = MAX (look.width + self->move_dx, STRATA_NOTE_LEAST_WIDTH);
  look.height = MAX (look.height + self->move_dy, STRATA_NOTE_LEAST_HEIGHT);
  self->drag = STRATA_DRAG_NONE;
  strata_document_change_note (self->document, note, &look);
}

void
strata_canvas_begin_band (StrataCanvas *self,
                          gboolean      adds)
{
  self->drag = STRATA_DRAG_BAND;
  g_clear_pointer (&self->band_base, g_ptr_array_unref);
  self->band_base = adds ? strata_selection_dup_nodes (self->selection)
                         : g_ptr_array_new_with_free_func (g_object_unref);
}

void
strata_canvas_update_band (StrataCanvas *self,
                           double        dx,
                           double        dy)
{
  g_autoptr (GPtrArray) nodes = strata_canvas_dup_units (self), chosen = g_ptr_array_new ();
  g_autoptr (GPtrArray) notes = strata_canvas_dup_notes (self), chosen_notes = g_ptr_array_new ();
  graphene_point_t from, to;
  graphene_rect_t band;

  graphene_rect_init (&self->band, MIN (self->start_x, self->start_x + dx), MIN (self->start_y, self->start_y + dy),
                      fabs (dx), fabs (dy));
  strata_viewport_to_canvas (&self->viewport, self->start_x, self->start_y, &from);
  strata_viewport_to_canvas (&self->viewport, self->start_x + dx, self->start_y + dy, &to);
  graphene_rect_init (&band, MIN (from.x, to.x), MIN (from.y, to.y), fabs (to.x - from.x), fabs (to.y - from.y));

  for (guint i = 0; i < self->band_base->len; i++)
    g_ptr_array_add (chosen, g_ptr_array_index (self->band_base, i));
  for (guint i = 0; i < nodes->len; i++)
    {
      graphene_rect_t area;

      strata_canvas_get_card_area (self, g_ptr_array_index (nodes, i), &area);
      if (graphene_rect_intersection (&area, &band, NULL) &&
          !g_ptr_array_find (self->band_base, g_ptr_array_index (nodes, i), NULL))
        g_ptr_array_add (chosen, g_ptr_array_index (nodes, i));
    }
  for (guint i = 0; i < notes->len; i++)
    {
      graphene_rect_t area;

      strata_canvas_get_note_area (self, g_ptr_array_index (notes, i), &area);
      /* What is drawn on a frame does not mean the frame. */
      if (graphene_rect_contains_rect (&band, &area))
        g_ptr_array_add (chosen_notes, g_ptr_array_index (notes, i));
    }
  strata_selection_set_all (self->selection, chosen, chosen_notes);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
