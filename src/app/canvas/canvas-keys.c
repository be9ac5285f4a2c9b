/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "canvas/note-widget.h"

/* Shift nudges by so many lines of the grid. */
#define LARGE_NUDGE 5

static gboolean
nudge_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  int dx, dy;

  strata_canvas_collect_moved (self, nodes, notes);
  if (nodes->len + notes->len == 0)
    return FALSE;
  g_variant_get (args, "(ii)", &dx, &dy);
  strata_document_move_all (self->document, nodes, notes, dx * STRATA_GRID, dy * STRATA_GRID);
  return TRUE;
}

/* Control and the arrows make a note or a frame larger and smaller. */
static gboolean
resize_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNote *note = strata_selection_get_single_note (self->selection);
  StrataNoteLook look;
  int dx, dy;

  if (note == NULL)
    return FALSE;
  g_variant_get (args, "(ii)", &dx, &dy);
  look = *strata_doc_note_get_look (note);
  look.width = MAX (look.width + 2 * dx * STRATA_GRID, STRATA_NOTE_LEAST_WIDTH);
  look.height = MAX (look.height + 2 * dy * STRATA_GRID, STRATA_NOTE_LEAST_HEIGHT);
  strata_document_change_note (self->document, note, &look);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  StrataCanvas *self = STRATA_CANVAS (widget);

  if (self->ghost.active || self->drag != STRATA_DRAG_NONE)
    strata_canvas_cancel (self);
  else if (strata_selection_is_empty (self->selection))
    gtk_widget_activate_action (widget, "canvas.leave", NULL);
  else
    strata_selection_clear (self->selection);
  return TRUE;
}

static StrataDocNode *
get_focused_node (StrataCanvas *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->plane);

  return STRATA_IS_NODE_WIDGET (focus) ? strata_node_widget_get_node (STRATA_NODE_WIDGET (focus)) : NULL;
}

static StrataDocNote *
get_focused_note (StrataCanvas *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (self->plane);

  return STRATA_IS_NOTE_WIDGET (focus) ? strata_note_widget_get_note (STRATA_NOTE_WIDGET (focus)) : NULL;
}

/* Ends a wire at the card that has the focus, at the port that was chosen there; without a wire, selects the card. On a
 * note, one writes. */
static gboolean
enter_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  StrataDocNode *node = get_focused_node (self);
  StrataDocNote *note = get_focused_note (self);

  if (note != NULL && g_variant_get_boolean (args))
    strata_selection_toggle_note (self->selection, note);
  else if (note != NULL)
    strata_canvas_edit_note (self, note);
  if (node == NULL)
    return note != NULL;
  if (self->ghost.active)
    {
      if (!self->ghost.has_target || self->ghost.target.node != node)
        strata_canvas_aim_wire_at (self, node);
      if (!self->ghost.has_target)
        return TRUE;
      strata_canvas_finish_wire (self, 0, 0);
      /* What has the focus is what the next key is for. */
      strata_selection_select (self->selection, node);
    }
  else if (g_variant_get_boolean (args))
    strata_selection_toggle (self->selection, node);
  else
    strata_selection_select (self->selection, node);
  return TRUE;
}

static void
next_port_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  StrataDocNode *node = get_focused_node (STRATA_CANVAS (widget));

  if (node != NULL)
    strata_canvas_next_port (STRATA_CANVAS (widget), node);
}

/* Goes from wire to wire at the card that has the focus, for Delete to take one away. */
static void
next_wire_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  const GPtrArray *all = strata_document_get_wires (self->document);
  g_autoptr (GPtrArray) wires = g_ptr_array_new ();
  StrataDocNode *node = get_focused_node (self);
  guint place;

  for (guint i = 0; node != NULL && i < all->len; i++)
    {
      StrataPort output, input;

      if (strata_canvas_get_wire_ports (self, g_ptr_array_index (all, i), &output, &input) &&
          (output.node == node || input.node == node))
        g_ptr_array_add (wires, g_ptr_array_index (all, i));
    }
  if (wires->len == 0)
    return;
  if (!g_ptr_array_find (wires, strata_selection_get_wire (self->selection), &place))
    place = wires->len - 1;
  strata_selection_select_wire (self->selection, g_ptr_array_index (wires, (place + 1) % wires->len));
}

/* The way through the network follows the data: from above to below, from the beginning of a line to its end. */
static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  StrataCanvas *self = user_data;
  graphene_rect_t first, second;

  strata_canvas_get_widget_area (self, *(GtkWidget *const *) a, &first);
  strata_canvas_get_widget_area (self, *(GtkWidget *const *) b, &second);
  if (first.origin.y != second.origin.y)
    return first.origin.y < second.origin.y ? -1 : 1;
  return first.origin.x != second.origin.x ? (first.origin.x < second.origin.x ? -1 : 1) : 0;
}

/* Cards and notes; of a wire that is being made, cards only. */
static GtkWidget *
find_next (StrataCanvas *self,
           gboolean      forward)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GtkWidget *focused = gtk_widget_get_focus_child (self->plane);
  guint place;

  for (GtkWidget *child = gtk_widget_get_first_child (self->plane); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && (STRATA_IS_NODE_WIDGET (child) || !self->ghost.active))
      g_ptr_array_add (sorted, child);
  g_ptr_array_sort_with_data (sorted, compare_places, self);
  if (sorted->len == 0)
    return NULL;
  if (focused == NULL || !g_ptr_array_find (sorted, focused, &place))
    return g_ptr_array_index (sorted, forward ? 0 : sorted->len - 1);
  if (forward ? place + 1 == sorted->len : place == 0)
    return NULL;
  return g_ptr_array_index (sorted, forward ? place + 1 : place - 1);
}

/**
 * strata_canvas_focus: (skip)
 *
 * Tab goes from card to card, and past the last one out of the canvas. What has the focus is selected and in sight.
 */
gboolean
strata_canvas_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  StrataCanvas *self = STRATA_CANVAS (widget);
  GtkWidget *next;

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  strata_canvas_end_editing (self, TRUE);
  self->pointer_counts = FALSE;
  next = find_next (self, direction == GTK_DIR_TAB_FORWARD);
  if (next == NULL)
    return gtk_widget_get_focus_child (widget) == NULL && !gtk_widget_has_focus (widget) &&
           gtk_widget_grab_focus (widget);

  if (STRATA_IS_NOTE_WIDGET (next))
    strata_selection_select_note (self->selection, strata_note_widget_get_note (STRATA_NOTE_WIDGET (next)));
  else if (self->ghost.active)
    strata_canvas_aim_wire_at (self, strata_node_widget_get_node (STRATA_NODE_WIDGET (next)));
  else
    strata_selection_select (self->selection, strata_node_widget_get_node (STRATA_NODE_WIDGET (next)));
  strata_canvas_reveal_widget (self, next);
  return gtk_widget_grab_focus (next);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                StrataCanvas          *self)
{
  strata_canvas_hide_hint (self);
  if (keyval != GDK_KEY_space || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)))
    return FALSE;
  if (!self->space_held)
    self->space_used = FALSE;
  self->space_held = TRUE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  return TRUE;
}

/* Space alone searches; held while dragging, it pans. */
static void
key_released_cb (GtkEventControllerKey *controller,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 StrataCanvas          *self)
{
  strata_canvas_hide_hint (self);
  if (keyval != GDK_KEY_space || !self->space_held)
    return;
  self->space_held = FALSE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  if (!self->space_used)
    strata_canvas_begin_search (self);
}

static void
focus_left_cb (StrataCanvas *self)
{
  self->space_held = FALSE;
}

static void
add_nudge (GtkWidgetClass *widget_class,
           guint           key,
           guint           keypad_key,
           int             dx,
           int             dy)
{
  gtk_widget_class_add_binding (widget_class, key, 0, nudge_cb, "(ii)", dx, dy);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, nudge_cb, "(ii)", dx, dy);
  gtk_widget_class_add_binding (widget_class, key, GDK_SHIFT_MASK, nudge_cb, "(ii)", LARGE_NUDGE * dx,
                                LARGE_NUDGE * dy);
  gtk_widget_class_add_binding (widget_class, key, GDK_CONTROL_MASK, resize_cb, "(ii)", dx, dy);
}

static void
add_action (GtkWidgetClass  *widget_class,
            guint            key,
            GdkModifierType  modifiers,
            const char      *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, modifiers, action, NULL);
}

void
strata_canvas_class_init_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "canvas.next-wire", NULL, next_wire_cb);
  gtk_widget_class_install_action (widget_class, "canvas.next-port", NULL, next_port_cb);
  add_action (widget_class, GDK_KEY_w, 0, "canvas.next-wire");
  add_action (widget_class, GDK_KEY_p, 0, "canvas.next-port");
  add_action (widget_class, GDK_KEY_t, 0, "canvas.toggle-amounts");
  add_nudge (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_nudge (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_nudge (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  add_nudge (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, enter_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, enter_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, enter_cb, "b", TRUE);

  add_action (widget_class, GDK_KEY_BackSpace, 0, "canvas.delete");
  add_action (widget_class, GDK_KEY_KP_Delete, 0, "canvas.delete");
  /* Menus tell the last of several keys. */
  add_action (widget_class, GDK_KEY_Delete, 0, "canvas.delete");
  add_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "canvas.select-all");
  add_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "canvas.duplicate");
  add_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "canvas.copy");
  add_action (widget_class, GDK_KEY_x, GDK_CONTROL_MASK, "canvas.cut");
  add_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "canvas.paste");
  add_action (widget_class, GDK_KEY_F2, 0, "canvas.rename");
  add_action (widget_class, GDK_KEY_F1, 0, "canvas.help");
  add_action (widget_class, GDK_KEY_m, 0, "canvas.mute");
  add_action (widget_class, GDK_KEY_n, 0, "canvas.add-note");
  add_action (widget_class, GDK_KEY_f, 0, "canvas.add-frame");
  add_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "canvas.group");
  add_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.ungroup");
  add_action (widget_class, GDK_KEY_G, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "canvas.ungroup");
  add_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "canvas.enter");
  add_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "canvas.leave");
  add_action (widget_class, GDK_KEY_c, 0, "canvas.connect");
  add_action (widget_class, GDK_KEY_slash, 0, "canvas.search");
  add_action (widget_class, GDK_KEY_KP_Divide, 0, "canvas.search");
  add_action (widget_class, GDK_KEY_Insert, 0, "canvas.search");
  add_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "canvas.menu");
  add_action (widget_class, GDK_KEY_Menu, 0, "canvas.menu");
  add_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "canvas.zoom-in");
  add_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "canvas.zoom-in");
  add_action (widget_class, GDK_KEY_KP_Add, GDK_CONTROL_MASK, "canvas.zoom-in");
  add_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "canvas.zoom-out");
  add_action (widget_class, GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "canvas.zoom-out");
  add_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "canvas.zoom-original");
  add_action (widget_class, GDK_KEY_KP_0, GDK_CONTROL_MASK, "canvas.zoom-original");
  add_action (widget_class, GDK_KEY_9, GDK_CONTROL_MASK, "canvas.zoom-fit");
}

void
strata_canvas_init_keys (StrataCanvas *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
