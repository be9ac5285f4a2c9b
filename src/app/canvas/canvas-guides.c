/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

/* Pixels within which a dragged card is drawn to the line of another. */
#define REACH 7

/* The nearest line of a card in sight that does not move, or @place itself. */
static gboolean
find_line (StrataCanvas *self,
           gboolean      across,
           double        place,
           double       *line)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  double nearest = REACH / self->viewport.scale;
  gboolean found = FALSE;
  graphene_rect_t sight;

  strata_canvas_get_sight (self, &sight);
  strata_canvas_find_cards (self, &sight, nodes);
  for (guint i = 0; i < nodes->len; i++)
    {
      StrataDocNode *node = g_ptr_array_index (nodes, i);
      double other = across ? strata_doc_node_get_x (node) : strata_doc_node_get_y (node);

      if (g_hash_table_contains (self->moving, node) || fabs (other - place) > nearest)
        continue;
      nearest = fabs (other - place);
      *line = other;
      found = TRUE;
    }
  return found;
}

/**
 * strata_canvas_align_move: (skip)
 *
 * Draws the card under the pointer to the lines of others: their left edges, and so their middles, or their tops.
 */
void
strata_canvas_align_move (StrataCanvas *self)
{
  double line;

  self->aligned_x = find_line (self, TRUE, self->move_x + self->move_dx, &line);
  if (self->aligned_x)
    self->move_dx = line - self->move_x;
  self->aligned_y = find_line (self, FALSE, self->move_y + self->move_dy, &line);
  if (self->aligned_y)
    self->move_dy = line - self->move_y;
}

/**
 * strata_canvas_snapshot_guides: (skip)
 *
 * Shows the lines that the dragged card was drawn to.
 */
void
strata_canvas_snapshot_guides (StrataCanvas *self,
                               GtkSnapshot  *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  graphene_point_t middle = GRAPHENE_POINT_INIT (self->move_x + self->move_dx + STRATA_NODE_WIDTH / 2,
                                                 self->move_y + self->move_dy);
  GdkRGBA color;

  if (self->drag != STRATA_DRAG_MOVE)
    return;
  strata_canvas_look_up (self, "accent_color", &color);
  color.alpha *= 0.7;
  strata_viewport_to_widget (&self->viewport, &middle, &middle);
  if (self->aligned_x)
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (round (middle.x), 0, 1, gtk_widget_get_height (widget)));
  if (self->aligned_y)
    gtk_snapshot_append_color (snapshot, &color,
                               &GRAPHENE_RECT_INIT (0, round (middle.y), gtk_widget_get_width (widget), 1));
}
