/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a hand does on the canvas, with a real pointer and real keys: what it picks, moves, wires and looks at. */
#include "hand.h"

#include "canvas/minimap.h"
#include "palette/layer-row.h"

static void
test_click (Fixture       *self,
            gconstpointer  data)
{
  click (on_card (self, self->flatten, 0.5, 0.5), NULL);
  g_assert_true (strata_selection_get_single (self->selection) == self->flatten);
  click (on_card (self, self->dense, 0.5, 0.5), "shift");
  click (on_card (self, self->dropout, 0.5, 0.5), "ctrl");
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 3);
  click (on_card (self, self->flatten, 0.5, 0.5), "ctrl");
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 2);
  g_assert_false (strata_selection_contains (self->selection, self->flatten));
  click (at (self, 300, 60), NULL);
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 0);
  /* In the middle of a wire; with nothing else selected, Delete takes it away. */
  click (between (self, self->input, self->flatten), NULL);
  g_assert_nonnull (strata_selection_get_wire (self->selection));
  press ("Delete");
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 1);
  strata_document_undo (self->document);
}

static void
test_box (Fixture       *self,
          gconstpointer  data)
{
  drag (at (self, -60, ROW - 14), at (self, STRATA_NODE_WIDTH + 40, 2 * ROW + 132));
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 2);
  g_assert_true (strata_selection_contains (self->selection, self->flatten));
  g_assert_true (strata_selection_contains (self->selection, self->dense));
  /* Shift adds to what is selected. */
  hand ("keydown shift");
  drag (at (self, 360, 2 * ROW - 38), at (self, 420, 2 * ROW + 32));
  hand ("keyup shift");
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 3);
  /* All move together, as one step. */
  drag (on_card (self, self->dense, 0.3, 0.5), on_card (self, self->dense, 0.3, 1.9));
  g_assert_cmpfloat (strata_doc_node_get_y (self->flatten), >, ROW);
  g_assert_cmpfloat (strata_doc_node_get_y (self->dropout) - strata_doc_node_get_y (self->dense), ==, 0);
  strata_document_undo (self->document);
  g_assert_cmpfloat (strata_doc_node_get_y (self->flatten), ==, ROW);
  g_assert_cmpfloat (strata_doc_node_get_y (self->dense), ==, 2 * ROW);
}

static void
press_and_pan (Fixture          *self,
               int               button,
               graphene_point_t  from)
{
  hand ("mousemove %d %d", (int) from.x, (int) from.y);
  settle (80);
  hand ("mousedown %d", button);
  for (int i = 1; i <= 10; i++)
    {
      hand ("mousemove %d %d", (int) from.x + 8 * i, (int) from.y + 4 * i);
      settle (20);
    }
  hand ("mouseup %d", button);
  settle (80);
}

static gboolean
is_searching (Fixture *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_visible (child))
      return TRUE;
  return FALSE;
}

static void
test_pan (Fixture       *self,
          gconstpointer  data)
{
  graphene_point_t before = at (self, 0, 0), after;

  /* The middle button, even on a card, which stays where it is on the canvas. */
  press_and_pan (self, 2, on_card (self, self->dense, 0.5, 0.5));
  after = at (self, 0, 0);
  g_assert_cmpfloat_with_epsilon (after.x - before.x, 80, 1);
  g_assert_cmpfloat_with_epsilon (after.y - before.y, 40, 1);
  g_assert_cmpfloat (strata_doc_node_get_x (self->dense), ==, 0);

  /* Space and the left button; Space alone searches, but not when it was for this. */
  click (at (self, 300, 60), NULL);
  hand ("keydown space");
  settle (100);
  press_and_pan (self, 1, on_card (self, self->dense, 0.5, 0.5));
  hand ("keyup space");
  settle (80);
  before = after;
  after = at (self, 0, 0);
  g_assert_cmpfloat_with_epsilon (after.x - before.x, 80, 1);
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 0);
  g_assert_false (is_searching (self));
  press ("space");
  g_assert_true (is_searching (self));
  press ("Escape");
  g_assert_false (is_searching (self));
}

static void
test_zoom (Fixture       *self,
           gconstpointer  data)
{
  graphene_point_t place = on_card (self, self->dropout, 0.25, 0.75), after;
  double zoom = strata_canvas_get_zoom (self->canvas);

  point_at (place);
  hand ("keydown ctrl");
  hand ("click --repeat 3 --delay 40 4");
  hand ("keyup ctrl");
  settle (80);
  g_assert_cmpfloat (strata_canvas_get_zoom (self->canvas), >, 1.3 * zoom);
  after = on_card (self, self->dropout, 0.25, 0.75);
  g_assert_cmpfloat_with_epsilon (after.x, place.x, 2);
  g_assert_cmpfloat_with_epsilon (after.y, place.y, 2);
  press ("ctrl+0");
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (self->canvas), 1, 1e-6);

  place = at (self, 0, 0);
  hand ("click 5");
  settle (80);
  after = at (self, 0, 0);
  g_assert_cmpfloat (after.y, <, place.y);
  g_assert_cmpfloat_with_epsilon (after.x, place.x, 1e-3);
  hand ("keydown shift");
  hand ("click 5");
  hand ("keyup shift");
  settle (80);
  g_assert_cmpfloat (at (self, 0, 0).x, <, after.x);
}

static StrataDocWire *
get_only_wire (StrataDocNode *node,
               gboolean       incoming)
{
  const GPtrArray *wires = strata_doc_node_get_wires (node, incoming);

  g_assert_cmpuint (wires->len, ==, 1);
  return g_ptr_array_index (wires, 0);
}

static void
test_replug (Fixture       *self,
             gconstpointer  data)
{
  StrataDocWire *wire;

  /* The end of a wire is taken off one input and led to another. */
  drag (on_card (self, self->dense, 0.5, 0), on_card (self, self->dropout, 0.5, 0.5));
  wire = get_only_wire (self->dropout, TRUE);
  g_assert_true (strata_doc_wire_get_from (wire) == self->flatten);
  g_assert_cmpuint (strata_doc_node_get_wires (self->dense, TRUE)->len, ==, 0);
  strata_document_undo (self->document);
  g_assert_true (strata_doc_wire_get_from (get_only_wire (self->dense, TRUE)) == self->flatten);

  /* Put back where it was, nothing has happened. */
  g_assert_true (strata_document_can_redo (self->document));
  drag (on_card (self, self->dense, 0.5, 0), on_card (self, self->dense, 0.4, 0.4));
  g_assert_true (strata_document_can_redo (self->document));
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 2);

  /* Led nowhere, it is gone. */
  drag (on_card (self, self->dense, 0.5, 0), at (self, 320, 220));
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 1);
  g_assert_false (is_searching (self));
  strata_document_undo (self->document);
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 2);
}

static void
test_insert (Fixture       *self,
             gconstpointer  data)
{
  graphene_point_t from = on_card (self, self->dropout, 0.3, 0.4), middle = on_card (self, self->dropout, 0.5, 0.5);
  graphene_point_t wire = between (self, self->input, self->flatten);

  drag (from, GRAPHENE_POINT_INIT (wire.x + from.x - middle.x, wire.y + from.y - middle.y));
  g_assert_true (strata_doc_wire_get_to (get_only_wire (self->input, FALSE)) == self->dropout);
  g_assert_true (strata_doc_wire_get_to (get_only_wire (self->dropout, FALSE)) == self->flatten);
  /* What follows has made room, and one step takes all back. */
  g_assert_cmpfloat (strata_doc_node_get_y (self->flatten), >=,
                     strata_doc_node_get_y (self->dropout) + strata_doc_node_get_height (self->dropout));
  strata_document_undo (self->document);
  g_assert_cmpfloat (strata_doc_node_get_x (self->dropout), ==, 400);
  g_assert_cmpfloat (strata_doc_node_get_y (self->flatten), ==, ROW);
  g_assert_true (strata_doc_wire_get_to (get_only_wire (self->input, FALSE)) == self->flatten);
}

/* Whether the search that has popped up has a row for a class of layers. */
static gboolean
offers (Fixture    *self,
        const char *class_name)
{
  GtkWidget *list = find_type (gtk_widget_get_last_child (GTK_WIDGET (self->canvas)), GTK_TYPE_LIST_BOX);
  GtkListBoxRow *row;

  g_assert_nonnull (list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i)) != NULL; i++)
    if (g_str_equal (strata_layer_row_get_info (STRATA_LAYER_ROW (row))->object.name, class_name))
      return gtk_widget_get_child_visible (GTK_WIDGET (row));
  return FALSE;
}

static void
test_wire_to_nothing (Fixture       *self,
                      gconstpointer  data)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  StrataDocNode *fresh;

  drag (on_card (self, self->dense, 0.5, 1), at (self, 180, 3 * ROW));
  g_assert_true (is_searching (self));
  /* Rows of numbers: nothing for images or sequences, and nothing that takes no input. */
  g_assert_true (offers (self, "Dense"));
  g_assert_true (offers (self, "Dropout"));
  g_assert_true (offers (self, "Activation"));
  g_assert_false (offers (self, "Conv2D"));
  g_assert_false (offers (self, "MaxPooling2D"));
  g_assert_false (offers (self, "LSTM"));
  g_assert_false (offers (self, "InputLayer"));
  hand ("type activation");
  settle (80);
  press ("Return");
  g_assert_cmpuint (nodes->len, ==, 5);
  fresh = g_ptr_array_index (nodes, 4);
  g_assert_cmpstr (strata_doc_node_get_class_name (fresh), ==, "Activation");
  g_assert_true (strata_doc_wire_get_from (get_only_wire (fresh, TRUE)) == self->dense);
  strata_document_undo (self->document);
  g_assert_cmpuint (nodes->len, ==, 4);

  /* From an image, all that takes images. */
  click (at (self, 300, 60), NULL);
  drag (on_card (self, self->input, 0.5, 1), at (self, 330, 180));
  g_assert_true (is_searching (self));
  g_assert_true (offers (self, "Conv2D"));
  g_assert_false (offers (self, "Conv3D"));
  press ("Escape");
  g_assert_cmpuint (nodes->len, ==, 4);
}

static void
test_clicks_wire (Fixture       *self,
                  gconstpointer  data)
{
  click (on_card (self, self->dense, 0.5, 1), NULL);
  point_at (on_card (self, self->dropout, 0.5, 0.4));
  click (on_card (self, self->dropout, 0.5, 0.5), NULL);
  g_assert_true (strata_doc_wire_get_from (get_only_wire (self->dropout, TRUE)) == self->dense);
  strata_document_undo (self->document);
  /* The focus goes where the wire goes. */
  click (on_card (self, self->dense, 0.5, 0.5), NULL);
  click (on_card (self, self->dense, 0.5, 1), NULL);
  click (on_card (self, self->dropout, 0.5, 0.5), NULL);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (strata_canvas_get_card (self->canvas, self->dropout))));
  g_assert_true (strata_selection_get_single (self->selection) == self->dropout);
  strata_document_undo (self->document);
  /* Escape gives a wire up. */
  click (on_card (self, self->dense, 0.5, 1), NULL);
  press ("Escape");
  click (on_card (self, self->dropout, 0.5, 0.5), NULL);
  g_assert_cmpuint (strata_doc_node_get_wires (self->dropout, TRUE)->len, ==, 0);
  g_assert_true (strata_selection_get_single (self->selection) == self->dropout);
}

static void
test_guides (Fixture       *self,
             gconstpointer  data)
{
  graphene_point_t from = on_card (self, self->dropout, 0.4, 0.5), to = from;
  double scale = self->canvas->viewport.scale;

  /* A little beside the line of the flatten layer, far from any other. */
  to.y += -ROW * scale + 3;
  hand ("mousemove %d %d", (int) from.x, (int) from.y);
  settle (80);
  hand ("mousedown 1");
  for (int i = 1; i <= 14; i++)
    {
      hand ("mousemove %d %d", (int) from.x, (int) (from.y + (to.y - from.y) * i / 14));
      settle (30);
    }
  settle (100);
  g_assert_true (self->canvas->aligned_y);
  g_assert_false (self->canvas->aligned_x);
  hand ("mouseup 1");
  settle (80);
  g_assert_cmpfloat (strata_doc_node_get_y (self->dropout), ==, ROW);
}

static void
test_overview (Fixture       *self,
               gconstpointer  data)
{
  GtkWidget *minimap = find_type (GTK_WIDGET (self->view), STRATA_TYPE_MINIMAP);
  GtkWidget *button = find_type (GTK_WIDGET (self->view), GTK_TYPE_TOGGLE_BUTTON);
  graphene_point_t before, after;

  g_assert_false (gtk_widget_get_visible (minimap));
  click (middle_of (button, 0.5, 0.5), NULL);
  g_assert_true (gtk_widget_get_mapped (minimap));
  before = at (self, 0, 0);
  /* Near its right edge: what is there comes into the middle, so all moves to the left. */
  click (middle_of (minimap, 0.9, 0.5), NULL);
  after = at (self, 0, 0);
  g_assert_cmpfloat (after.x, <, before.x - 50);
  drag (middle_of (minimap, 0.5, 0.5), middle_of (minimap, 0.1, 0.5));
  g_assert_cmpfloat (at (self, 0, 0).x, >, after.x + 50);
}

static void
test_keys (Fixture       *self,
           gconstpointer  data)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  StrataDocNode *copy;

  click (on_card (self, self->dropout, 0.5, 0.5), NULL);
  press ("Right");
  press ("Down");
  g_assert_cmpfloat (strata_doc_node_get_x (self->dropout), ==, 400 + STRATA_GRID);
  g_assert_cmpfloat (strata_doc_node_get_y (self->dropout), ==, 2 * ROW + STRATA_GRID);
  press ("shift+Left");
  g_assert_cmpfloat (strata_doc_node_get_x (self->dropout), ==, 400 - 4 * STRATA_GRID);
  press ("ctrl+d");
  g_assert_cmpuint (nodes->len, ==, 5);
  copy = strata_selection_get_single (self->selection);
  g_assert_true (copy == g_ptr_array_index (nodes, 4));
  g_assert_cmpfloat (strata_doc_node_get_x (copy), !=, strata_doc_node_get_x (self->dropout));
  press ("Delete");
  press ("ctrl+a");
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 4);
  press ("ctrl+c");
  press ("ctrl+v");
  g_assert_cmpuint (nodes->len, ==, 8);
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 4);
}

/* Twice on nothing searches there; twice the same place is where the layer goes. */
static void
test_double_click (Fixture       *self,
                   gconstpointer  data)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  StrataDocNode *fresh;

  point_at (at (self, 400, 100));
  hand ("click --repeat 2 --delay 60 1");
  settle (80);
  g_assert_true (is_searching (self));
  hand ("type batchn");
  settle (80);
  press ("Return");
  g_assert_cmpuint (nodes->len, ==, 5);
  fresh = g_ptr_array_index (nodes, 4);
  g_assert_cmpstr (strata_doc_node_get_class_name (fresh), ==, "BatchNormalization");
  g_assert_cmpfloat_with_epsilon (strata_doc_node_get_x (fresh) + STRATA_NODE_WIDTH / 2, 400, STRATA_GRID);
  g_assert_cmpfloat_with_epsilon (strata_doc_node_get_y (fresh), 100, STRATA_GRID);
}

/* A double click looks into a group, and picks nothing of what is inside. */
static void
test_look_inside (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  StrataDocNode *group;

  g_ptr_array_add (nodes, self->input);
  g_ptr_array_add (nodes, self->flatten);
  g_ptr_array_add (nodes, self->dense);
  group = strata_document_group (self->document, nodes, "block", NULL);
  /* Where the middle one of what is inside will be. */
  strata_canvas_center_on (self->canvas, strata_doc_node_get_x (group) + STRATA_NODE_WIDTH / 2,
                           strata_doc_node_get_y (group) + strata_doc_node_get_height (group));
  settle (50);
  point_at (on_card (self, group, 0.5, 0.6));
  hand ("click --repeat 2 --delay 60 1");
  settle (80);
  g_assert_true (strata_canvas_get_scope (self->canvas) == group);
  g_assert_true (strata_selection_is_empty (self->selection));
}

static gboolean
has_focus_in (Fixture  *self,
              gpointer  pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && (focus == pane || gtk_widget_is_ancestor (focus, pane));
}

/* F6 goes round, Shift+F6 back, past what is hidden; where it went can be seen. */
static void
test_panes (Fixture       *self,
            gconstpointer  data)
{
  g_assert_true (has_focus_in (self, self->canvas));
  press ("F6");
  g_assert_true (has_focus_in (self, strata_design_view_get_inspector (self->view)));
  g_assert_true (gtk_window_get_focus_visible (GTK_WINDOW (self->window)));
  press ("F6");
  g_assert_true (has_focus_in (self, strata_design_view_get_palette (self->view)));
  press ("F6");
  g_assert_true (has_focus_in (self, self->canvas));
  press ("shift+F6");
  g_assert_true (has_focus_in (self, strata_design_view_get_palette (self->view)));
  g_object_set (self->view, "show-inspector", FALSE, NULL);
  press ("shift+F6");
  g_assert_true (has_focus_in (self, self->canvas));
}

static gboolean
has_hint (gpointer data)
{
  return strata_hint_is_shown (((StrataCanvas *) data)->hint);
}

/* What a card has no room for stands beside it, never on it, and goes as soon as something is done. */
static void
test_hint (Fixture      *self,
           gconstpointer data)
{
  GtkWidget *popover = NULL;
  graphene_rect_t words;
  double left, top;

  point_at (on_card (self, self->dense, 0.5, 0.6));
  point_at (on_card (self, self->dropout, 0.5, 0.6));
  wait_until (has_hint, self->canvas, 20);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      popover = child;
  g_assert_nonnull (popover);
  settle (100);
  gtk_native_get_surface_transform (GTK_NATIVE (popover), &left, &top);
  g_assert_true (gtk_widget_compute_bounds (gtk_popover_get_child (GTK_POPOVER (popover)), popover, &words));
  left += gdk_popup_get_position_x (GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (popover)))) + words.origin.x;
  g_assert_cmpfloat (left, >=, on_card (self, self->dropout, 1, 0).x - 1);
  click (on_card (self, self->dropout, 0.5, 0.6), NULL);
  g_assert_false (has_hint (self->canvas));

  /* Nor does it come, however long one rests, where a wire is being made. */
  point_at (on_card (self, self->dense, 0.5, 0.6));
  strata_canvas_begin_wire (self->canvas, &(StrataPort){ self->input, TRUE, 0 }, NULL);
  settle (600);
  g_assert_false (has_hint (self->canvas));
  strata_canvas_cancel_wire (self->canvas);
}

/* What is chosen by keys goes behind the card that keys went to; where the pointer was moved to nothing, there. */
static void
test_search (Fixture      *self,
             gconstpointer data)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  const GPtrArray *wires = strata_document_get_wires (self->document);
  guint n_nodes = nodes->len, n_wires = wires->len;
  StrataDocNode *added;

  click (on_card (self, self->dense, 0.5, 0.5), NULL);
  press ("space");
  hand ("type dropout");
  settle (300);
  press ("Return");
  g_assert_cmpuint (nodes->len, ==, n_nodes + 1);
  g_assert_cmpuint (wires->len, ==, n_wires + 1);
  added = g_ptr_array_index (nodes, n_nodes);
  g_assert_true (strata_doc_wire_get_from (g_ptr_array_index (strata_doc_node_get_wires (added, TRUE), 0)) ==
                 self->dense);
  press ("space");
  hand ("type activation");
  settle (300);
  press ("Return");
  g_assert_cmpuint (wires->len, ==, n_wires + 2);
  g_assert_true (strata_doc_wire_get_from (g_ptr_array_index (wires, n_wires + 1)) == added);

  point_at (at (self, 420, 30));
  press ("space");
  hand ("type dropout");
  settle (300);
  press ("Return");
  g_assert_cmpuint (nodes->len, ==, n_nodes + 3);
  g_assert_cmpuint (wires->len, ==, n_wires + 2);
  g_assert_cmpfloat_with_epsilon (strata_doc_node_get_x (g_ptr_array_index (nodes, n_nodes + 2)) + STRATA_NODE_WIDTH /
                                  2, 420, 2 * STRATA_GRID);
}

/* Who clicks on a control goes on with keys on the canvas. */
static void
test_controls (Fixture      *self,
               gconstpointer data)
{
  GtkWidget *label;

  click (on_card (self, self->dense, 0.5, 0.5), NULL);
  press ("ctrl+0");
  label = find_label (GTK_WIDGET (self->view), "100\u00a0%");
  g_assert_nonnull (label);
  click_widget (label);
  g_assert_true (has_focus_in (self, self->canvas));
  press ("Delete");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 3);
}

#define ADD(path, func) g_test_add ("/design/hand/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("click", test_click);
  ADD ("box", test_box);
  ADD ("pan", test_pan);
  ADD ("zoom", test_zoom);
  ADD ("replug", test_replug);
  ADD ("insert", test_insert);
  ADD ("wire-to-nothing", test_wire_to_nothing);
  ADD ("clicks-wire", test_clicks_wire);
  ADD ("guides", test_guides);
  ADD ("overview", test_overview);
  ADD ("keys", test_keys);
  ADD ("double-click", test_double_click);
  ADD ("look-inside", test_look_inside);
  ADD ("panes", test_panes);
  ADD ("hint", test_hint);
  ADD ("search", test_search);
  ADD ("controls", test_controls);
  return g_test_run ();
}
