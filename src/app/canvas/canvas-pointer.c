/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "canvas/note-widget.h"

/* What one notch of a wheel does. */
#define SCROLL_STEP 48
#define ZOOM_STEP 1.15

static GdkModifierType
get_state (GtkEventController *controller)
{
  return gtk_event_controller_get_current_event_state (controller);
}

/* Hovering */

static void
set_hover (StrataCanvas     *self,
           const StrataPort *port)
{
  StrataNodeWidget *card;

  if (self->has_hover && (port == NULL || !strata_port_equal (port, &self->hover)))
    {
      card = strata_canvas_get_card (self, self->hover.node);
      if (card != NULL)
        strata_node_widget_set_port (card, NULL, STRATA_PORT_IDLE);
    }
  self->has_hover = port != NULL;
  if (port == NULL)
    return;
  self->hover = *port;
  card = strata_canvas_get_card (self, port->node);
  if (card != NULL)
    strata_node_widget_set_port (card, port, STRATA_PORT_HOVER);
}

static void
motion_cb (StrataCanvas *self,
           double        x,
           double        y)
{
  gboolean stays = x == self->pointer_x && y == self->pointer_y;
  StrataHit hit;

  self->pointer_x = x;
  self->pointer_y = y;
  self->pointer_counts |= !stays;
  /* What moved below the pointer, as keys took a wire elsewhere, is not what the pointer aims at. */
  if (self->ghost.active && stays)
    return;
  if (self->ghost.active)
    {
      set_hover (self, NULL);
      strata_canvas_aim_wire (self, x, y);
      return;
    }
  if (self->drag != STRATA_DRAG_NONE)
    return;
  strata_canvas_hit (self, x, y, &hit);
  set_hover (self, hit.kind == STRATA_HIT_PORT ? &hit.port : NULL);
  if (!stays)
    strata_canvas_aim_hint (self, hit.kind == STRATA_HIT_PORT ? NULL : hit.card);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->space_held ? "grab" : hit.kind == STRATA_HIT_PORT ? "crosshair" :
                                   hit.kind == STRATA_HIT_GRIP ? "se-resize" : hit.kind == STRATA_HIT_NOTE ? "move" :
                                   hit.kind == STRATA_HIT_WIRE || hit.kind == STRATA_HIT_BADGE ? "pointer" : NULL);
}

static void
leave_cb (StrataCanvas *self)
{
  self->pointer_counts = FALSE;
  strata_canvas_aim_hint (self, NULL);
  if (!self->ghost.active)
    set_hover (self, NULL);
}

/* Panning */

static void
begin_pan (StrataCanvas *self)
{
  self->drag = STRATA_DRAG_PAN;
  self->start_viewport = self->viewport;
  self->space_used = TRUE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
update_pan (StrataCanvas *self,
            double        dx,
            double        dy)
{
  self->viewport.x = self->start_viewport.x + dx;
  self->viewport.y = self->start_viewport.y + dy;
  strata_canvas_viewport_changed (self);
}

/* Wiring */

/* At an input that has its wire already, the wire's end is taken; elsewhere a new wire begins. */
static void
begin_wire_at (StrataCanvas     *self,
               const StrataPort *port)
{
  const GPtrArray *wires = strata_doc_node_get_wires (port->node, TRUE);

  set_hover (self, NULL);
  for (guint i = 0; !port->output && !strata_port_is_list (port) && i < wires->len; i++)
    {
      StrataDocWire *wire = g_ptr_array_index (wires, i);
      StrataPort source, end;

      if (strata_doc_wire_get_to_port (wire) != port->index ||
          !strata_canvas_get_wire_ports (self, wire, &source, &end) || source.node == NULL)
        continue;
      strata_canvas_begin_wire (self, &source, wire);
      return;
    }
  strata_canvas_begin_wire (self, port, NULL);
}

/* The left button, held */

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               StrataCanvas   *self)
{
  self->start_x = x;
  self->start_y = y;
  self->drag = STRATA_DRAG_NONE;
}

static void
begin_drag (StrataCanvas    *self,
            GdkModifierType  state)
{
  StrataHit hit;

  strata_canvas_hit (self, self->start_x, self->start_y, &hit);
  if (self->space_held)
    begin_pan (self);
  else if (self->ghost.active)
    self->drag = STRATA_DRAG_WIRE;
  else if (hit.kind == STRATA_HIT_PORT)
    {
      begin_wire_at (self, &hit.port);
      self->drag = STRATA_DRAG_WIRE;
    }
  else if (hit.card != NULL)
    strata_canvas_begin_move (self, strata_node_widget_get_node (hit.card));
  else if (hit.kind == STRATA_HIT_GRIP)
    strata_canvas_begin_resize (self, hit.note);
  else if (hit.note != NULL)
    strata_canvas_begin_move_note (self, hit.note);
  else
    strata_canvas_begin_band (self, state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK));
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                StrataCanvas   *self)
{
  if (self->drag == STRATA_DRAG_NONE)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, dx, dy))
        return;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      begin_drag (self, get_state (GTK_EVENT_CONTROLLER (gesture)));
    }
  self->pointer_x = self->start_x + dx;
  self->pointer_y = self->start_y + dy;
  if (self->drag == STRATA_DRAG_PAN)
    update_pan (self, dx, dy);
  else if (self->drag == STRATA_DRAG_MOVE)
    strata_canvas_update_move (self, dx, dy);
  else if (self->drag == STRATA_DRAG_RESIZE)
    strata_canvas_update_resize (self, dx, dy);
  else if (self->drag == STRATA_DRAG_BAND)
    strata_canvas_update_band (self, dx, dy);
  else if (self->drag == STRATA_DRAG_WIRE)
    strata_canvas_aim_wire (self, self->pointer_x, self->pointer_y);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             StrataCanvas   *self)
{
  StrataDrag drag = self->drag;

  if (drag == STRATA_DRAG_MOVE)
    strata_canvas_end_move (self);
  else if (drag == STRATA_DRAG_RESIZE)
    strata_canvas_end_resize (self);
  self->drag = STRATA_DRAG_NONE;
  if (drag == STRATA_DRAG_WIRE)
    strata_canvas_finish_wire (self, self->start_x + dx, self->start_y + dy);
  if (drag != STRATA_DRAG_NONE)
    {
      gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

/* The left button, clicked */

static void
click_card (StrataCanvas    *self,
            StrataDocNode   *node,
            GdkModifierType  state)
{
  if (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK))
    strata_selection_toggle (self->selection, node);
  else
    strata_selection_select (self->selection, node);
}

static void
click_note (StrataCanvas    *self,
            StrataDocNote   *note,
            GdkModifierType  state)
{
  if (state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK))
    strata_selection_toggle_note (self->selection, note);
  else
    strata_selection_select_note (self->selection, note);
}

static gboolean
is_openable (StrataDocNode *node)
{
  return strata_doc_node_is_group (node) || STRATA_IS_MODEL (strata_doc_node_get_layer (node));
}

/* Whether the name of a card is there, in the widget; from afar, the name is all there is. */
static gboolean
is_on_name (StrataCanvas     *self,
            StrataNodeWidget *card,
            double            x,
            double            y)
{
  graphene_point_t point;

  strata_viewport_to_canvas (&self->viewport, x, y, &point);
  return self->detail == STRATA_DETAIL_FULL &&
         point.y < strata_doc_node_get_y (card->node) + card->layout.tops[STRATA_CARD_CLASS];
}

/* On nothing, one searches; on a name or a note, one writes; a group is looked into. */
static void
double_click (StrataCanvas    *self,
              const StrataHit *hit,
              double           x,
              double           y)
{
  StrataDocNode *node = hit->card != NULL ? strata_node_widget_get_node (hit->card) : NULL;

  if (hit->kind == STRATA_HIT_NOTHING)
    {
      self->pointer_x = x;
      self->pointer_y = y;
      self->pointer_counts = TRUE;
      strata_canvas_begin_search (self);
    }
  else if (hit->note != NULL)
    strata_canvas_edit_note (self, hit->note);
  else if (hit->kind == STRATA_HIT_CARD && is_on_name (self, hit->card, x, y))
    strata_canvas_edit_name (self, node);
  else if (hit->kind == STRATA_HIT_CARD && is_openable (node))
    strata_canvas_enter (self, node);
}

static gboolean
is_in_editor (StrataCanvas *self,
              double        x,
              double        y)
{
  GtkWidget *picked = self->editor != NULL ? gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT) : NULL;

  return picked != NULL && (picked == self->editor || gtk_widget_is_ancestor (picked, self->editor));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            StrataCanvas    *self)
{
  StrataHit hit;

  strata_canvas_hide_hint (self);
  if (is_in_editor (self, x, y))
    return;
  strata_canvas_hit (self, x, y, &hit);
  self->pressing = TRUE;
  gtk_widget_grab_focus (hit.card != NULL ? GTK_WIDGET (hit.card) :
                         hit.note != NULL ? g_hash_table_lookup (self->notes, hit.note) : GTK_WIDGET (self));
  self->pressing = FALSE;
  if (n_press == 2 && !self->ghost.active)
    double_click (self, &hit, x, y);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             StrataCanvas    *self)
{
  GdkModifierType state = get_state (GTK_EVENT_CONTROLLER (gesture));
  StrataHit hit;

  if (self->drag != STRATA_DRAG_NONE || self->space_held || is_in_editor (self, x, y))
    return;
  strata_canvas_hit (self, x, y, &hit);
  if (self->ghost.active)
    strata_canvas_finish_wire (self, x, y);
  else if (n_press > 1 && !(state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)))
    return; /* Of a double click: what is there now, as in a group that was looked into, was not clicked. */
  else if (hit.kind == STRATA_HIT_PORT && hit.port.output)
    begin_wire_at (self, &hit.port);
  else if (hit.kind == STRATA_HIT_BADGE)
    strata_canvas_popup_problems (self, hit.card);
  else if (hit.card != NULL)
    click_card (self, strata_node_widget_get_node (hit.card), state);
  else if (hit.wire != NULL)
    strata_selection_select_wire (self->selection, hit.wire);
  else if (hit.note != NULL)
    click_note (self, hit.note, state);
  else if (!(state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)))
    strata_selection_clear (self->selection);
}

static void
menu_cb (GtkGestureClick *gesture,
         int              n_press,
         double           x,
         double           y,
         StrataCanvas    *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  strata_canvas_cancel_wire (self);
  strata_canvas_popup_menu (self, x, y);
}

/* The middle button pans wherever it goes down. */
static void
middle_begin_cb (StrataCanvas *self)
{
  begin_pan (self);
}

static void
middle_update_cb (StrataCanvas *self,
                  double        dx,
                  double        dy)
{
  update_pan (self, dx, dy);
}

static void
middle_end_cb (StrataCanvas *self)
{
  self->drag = STRATA_DRAG_NONE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

/* Wheel and touchpad */

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           StrataCanvas             *self)
{
  GdkModifierType state = get_state (GTK_EVENT_CONTROLLER (controller));
  double step = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL ? SCROLL_STEP : 1;

  if (state & GDK_CONTROL_MASK)
    strata_canvas_set_scale (self, self->pointer_x, self->pointer_y,
                             self->viewport.scale * pow (ZOOM_STEP, -dy * step / SCROLL_STEP));
  else if (state & GDK_SHIFT_MASK)
    strata_canvas_pan (self, -(dx + dy) * step, 0);
  else
    strata_canvas_pan (self, -dx * step, -dy * step);
  return GDK_EVENT_STOP;
}

/* Between the fingers; on a touchpad, where the pointer is. */
static void
get_pinch_center (StrataCanvas *self,
                  GtkGesture   *gesture,
                  double       *x,
                  double       *y)
{
  *x = self->pointer_x;
  *y = self->pointer_y;
  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, x, y);
}

/* The first finger may have begun to move a card or to draw a box: the second one says that it does not. */
static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                StrataCanvas     *self)
{
  strata_canvas_cancel (self);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->start_viewport = self->viewport;
  get_pinch_center (self, gesture, &self->start_x, &self->start_y);
}

/* What was between the fingers stays there. */
static void
pinch_cb (GtkGesture   *gesture,
          double        factor,
          StrataCanvas *self)
{
  double x, y;

  get_pinch_center (self, gesture, &x, &y);
  self->viewport.x = self->start_viewport.x + x - self->start_x;
  self->viewport.y = self->start_viewport.y + y - self->start_y;
  self->viewport.scale = self->start_viewport.scale;
  strata_canvas_set_scale (self, x, y, self->start_viewport.scale * factor);
  strata_canvas_viewport_changed (self);
}

/**
 * strata_canvas_cancel: (skip)
 *
 * Gives up what the pointer is doing, as Escape does.
 */
void
strata_canvas_cancel (StrataCanvas *self)
{
  self->drag = STRATA_DRAG_NONE;
  self->drop_wire = NULL;
  self->resized = NULL;
  strata_canvas_cancel_wire (self);
  gtk_gesture_set_state (self->left, GTK_EVENT_SEQUENCE_DENIED);
  strata_canvas_nodes_moved (self);
}

static void
add_buttons (StrataCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *menu = gtk_gesture_click_new ();

  self->click = gtk_gesture_click_new ();
  g_signal_connect (self->click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (self->click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->click));

  self->left = gtk_gesture_drag_new ();
  g_signal_connect (self->left, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (self->left, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (self->left, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->left));

  self->middle = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (self->middle), GDK_BUTTON_MIDDLE);
  g_signal_connect_swapped (self->middle, "drag-begin", G_CALLBACK (middle_begin_cb), self);
  g_signal_connect_swapped (self->middle, "drag-update", G_CALLBACK (middle_update_cb), self);
  g_signal_connect_swapped (self->middle, "drag-end", G_CALLBACK (middle_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (self->middle));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));
}

void
strata_canvas_init_pointer (StrataCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  add_buttons (self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}
