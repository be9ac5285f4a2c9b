/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"

#define GAP 40

static void
collect_below (StrataCanvas  *self,
               StrataDocNode *node,
               GHashTable    *seen,
               GPtrArray     *found)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  g_ptr_array_add (waiting, node);
  while (waiting->len > 0)
    {
      StrataDocNode *next = g_ptr_array_steal_index (waiting, waiting->len - 1);
      const GPtrArray *wires = strata_doc_node_get_wires (next, FALSE);

      if (!g_hash_table_add (seen, next))
        continue;
      g_ptr_array_add (found, next);
      for (guint i = 0; i < wires->len; i++)
        g_ptr_array_add (waiting, strata_doc_wire_get_to (g_ptr_array_index (wires, i)));
    }
}

/* How long a card is in the direction of the flow. */
static double
get_length (StrataCanvas  *self,
            StrataDocNode *node)
{
  return self->flow == STRATA_FLOW_DOWN ? strata_doc_node_get_height (node) : strata_doc_node_get_width (node);
}

/* Puts @node behind the one that leads to it, and all that follows as far on as makes room for it. */
static void
make_room_between (StrataCanvas  *self,
                   StrataDocNode *from,
                   StrataDocNode *node,
                   StrataDocNode *to)
{
  gboolean down = self->flow == STRATA_FLOW_DOWN;
  double size = get_length (self, node), needed = size + 2 * GAP;
  double dx = strata_doc_node_get_x (to) - strata_doc_node_get_x (from);
  double dy = strata_doc_node_get_y (to) - strata_doc_node_get_y (from);
  double room = (down ? dy : dx) - get_length (self, from);
  double step = get_length (self, from) + (room >= needed ? (room - size) / 2 : GAP);
  g_autoptr (GPtrArray) moved = g_ptr_array_new (), single = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  double place[2];

  if (room < 0)
    return;
  place[0] = strata_snap (strata_doc_node_get_x (from) + (down ? dx / 2 : step));
  place[1] = strata_snap (strata_doc_node_get_y (from) + (down ? step : dy / 2));
  g_ptr_array_add (single, node);
  strata_document_place_nodes (self->document, single, place);
  if (room >= needed)
    return;
  collect_below (self, to, seen, moved);
  strata_document_move_nodes (self->document, moved, down ? 0 : strata_snap (needed - room),
                              down ? strata_snap (needed - room) : 0);
}

/* Of a wire that crosses the border of the group that is looked into, one end is not here. */
static void
make_room (StrataCanvas  *self,
           StrataDocNode *from,
           StrataDocNode *node,
           StrataDocNode *to)
{
  StrataDocNode *here = from != NULL ? from : to;
  g_autoptr (GPtrArray) single = g_ptr_array_new ();
  double step = get_length (self, here == from && here != NULL ? from : node) + GAP;

  if (from != NULL && to != NULL)
    {
      make_room_between (self, from, node, to);
      return;
    }
  if (here == NULL)
    return;
  if (here == to)
    step = -step;
  g_ptr_array_add (single, node);
  strata_document_place_nodes (self->document, single, (double[]){
    strata_doc_node_get_x (here) + (self->flow == STRATA_FLOW_DOWN ? 0 : step),
    strata_doc_node_get_y (here) + (self->flow == STRATA_FLOW_DOWN ? step : 0) });
}

/**
 * strata_canvas_put_on_wire: (skip)
 * @node: a node without wires
 * @wire: which shall lead through it
 */
void
strata_canvas_put_on_wire (StrataCanvas  *self,
                           StrataDocNode *node,
                           StrataDocWire *wire)
{
  g_autoptr (StrataDocWire) old = g_object_ref (wire);
  StrataPort output, input;
  StrataDocNode *from = strata_doc_wire_get_from (old), *to = strata_doc_wire_get_to (old);

  strata_canvas_get_wire_ports (self, wire, &output, &input);
  strata_document_begin_group (self->document, _("Insert layer"));
  strata_document_disconnect (self->document, old);
  strata_document_connect (self->document, from, strata_doc_wire_get_from_port (old), node, 0, NULL);
  strata_document_connect (self->document, node, 0, to, strata_doc_wire_get_to_port (old), NULL);
  make_room (self, output.node, node, input.node);
  strata_document_end_group (self->document);
}

static StrataDocNode *
insert_layer (StrataCanvas   *self,
              StrataDocWire  *wire,
              const char     *class_name,
              GError        **error)
{
  StrataPort from, to;
  g_autofree char *label = g_strdup_printf (_("Insert %s"), class_name);
  StrataDocNode *node;

  strata_canvas_get_wire_ports (self, wire, &from, &to);
  strata_document_begin_group (self->document, label);
  node = strata_document_insert_on_wire (self->document, wire, class_name, NULL, error);
  if (node != NULL)
    make_room (self, from.node, node, to.node);
  strata_document_end_group (self->document);
  return node;
}

static gboolean
can_insert (const char *class_name)
{
  return !g_str_equal (class_name, "InputLayer");
}

/**
 * strata_canvas_drop_layer:
 * @class_name: a layer's class
 * @x: in the widget
 * @y: likewise
 *
 * Puts a layer there, into the wire that is there if there is one.
 * Returns: whether it could be made
 */
gboolean
strata_canvas_drop_layer (StrataCanvas *self,
                          const char   *class_name,
                          double        x,
                          double        y)
{
  StrataDocWire *wire = can_insert (class_name) ? strata_canvas_find_wire (self, x, y) : NULL;
  g_autoptr (GError) error = NULL;
  graphene_point_t point;
  StrataDocNode *node;

  strata_viewport_to_canvas (&self->viewport, x, y, &point);
  if (wire != NULL)
    node = insert_layer (self, wire, class_name, &error);
  else
    node = strata_document_add_node (self->document, class_name, NULL, strata_snap (point.x - STRATA_NODE_WIDTH / 2),
                                     strata_snap (point.y - STRATA_NODE_HEIGHT / 2), &error);
  if (node == NULL)
    {
      strata_canvas_notice (self, error->message);
      return FALSE;
    }
  strata_selection_select (self->selection, node);
  gtk_widget_grab_focus (GTK_WIDGET (strata_canvas_get_card (self, node)));
  return TRUE;
}

static void
set_drop_wire (StrataCanvas  *self,
               StrataDocWire *wire)
{
  if (self->drop_wire == wire)
    return;
  self->drop_wire = wire;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GdkDragAction
drag_motion_cb (GtkDropTarget *target,
                double         x,
                double         y,
                StrataCanvas  *self)
{
  const GValue *value = gtk_drop_target_get_value (target);

  set_drop_wire (self, value == NULL || can_insert (g_value_get_string (value))
                 ? strata_canvas_find_wire (self, x, y) : NULL);
  return GDK_ACTION_COPY;
}

static void
drag_leave_cb (StrataCanvas *self)
{
  set_drop_wire (self, NULL);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         StrataCanvas  *self)
{
  set_drop_wire (self, NULL);
  return strata_canvas_drop_layer (self, g_value_get_string (value), x, y);
}

/* What comes from the palette is the name of a class. */
void
strata_canvas_init_drop (StrataCanvas *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "motion", G_CALLBACK (drag_motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drag_leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
