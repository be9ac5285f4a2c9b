/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is seen of a network at each distance: names beside blocks, shapes, notes, and amounts on demand; fingers
 * zoom. */
#include "../widgets.h"
#include "../window/look.h"

#include "canvas/canvas-private.h"
#include "canvas/metrics.h"
#include "canvas/node-widget-private.h"
#include "document/group.h"
#include "views/design-view.h"

/* Dots of the grid that may lie on what is looked at. */
#define GRID_DOTS 3

typedef struct
{
  StrataDocument *document;
  StrataDocNode *input, *dense, *small, *loose;
  StrataCanvas *canvas;
  GtkWidget *window;
} Fixture;

static StrataDocNode *
add (Fixture    *self,
     const char *class_name,
     const char *config,
     double      x,
     double      y)
{
  g_autoptr (JsonNode) json = json_from_string (config, NULL);

  return strata_document_add_node (self->document, class_name, json_node_get_object (json), x, y, NULL);
}

/* An input and two dense layers in a column, and one without wires far to the right. */
static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->document = strata_document_new ();
  self->input = add (self, "InputLayer", "{\"batch_shape\": [null, 40, 50, 60]}", 0, 0);
  self->dense = add (self, "Dense", "{\"units\": 20}", 0, 200);
  self->small = add (self, "Dense", "{\"units\": 5}", 0, 400);
  self->loose = add (self, "Dense", "{}", 2000, 200);
  strata_document_connect (self->document, self->input, 0, self->dense, 0, NULL);
  strata_document_connect (self->document, self->dense, 0, self->small, 0, NULL);
  self->canvas = STRATA_CANVAS (strata_canvas_new (self->document, strata_selection_get (self->document)));
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->canvas));
  gtk_window_present (GTK_WINDOW (self->window));
  while (gtk_widget_get_width (GTK_WIDGET (self->canvas)) == 0)
    g_main_context_iteration (NULL, TRUE);
  spin ();
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  spin ();
  g_object_unref (self->document);
}

static GdkPixbuf *
look (Fixture *self,
      double   zoom)
{
  strata_canvas_set_zoom (self->canvas, zoom);
  strata_canvas_center_on (self->canvas, STRATA_NODE_WIDTH / 2, 200);
  spin ();
  return look_at (GTK_WIDGET (self->canvas));
}

/* How much is drawn on a part of a card, from 0 to 1, or beside it, beyond 1. */
static guint
count_on (Fixture       *self,
          GdkPixbuf     *picture,
          StrataDocNode *node,
          double         left,
          double         top,
          double         right,
          double         bottom)
{
  graphene_point_t first, last;
  graphene_rect_t area;

  strata_canvas_get_card_area (self->canvas, node, &area);
  strata_canvas_to_widget (self->canvas, area.origin.x + left * area.size.width,
                           area.origin.y + top * area.size.height, &first);
  strata_canvas_to_widget (self->canvas, area.origin.x + right * area.size.width,
                           area.origin.y + bottom * area.size.height, &last);
  return count_ink (picture, first.x, first.y, last.x - first.x, last.y - first.y);
}

static void
test_labels (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GdkPixbuf) far = look (self, 0.15), farther = NULL, farthest = NULL, selected = NULL, mirrored = NULL;
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();

  g_assert_cmpuint (count_on (self, far, self->dense, 1.05, 0, 1.42, 1), >, 4);
  /* Not over another card. */
  g_ptr_array_add (moved, self->loose);
  strata_document_move_nodes (self->document, moved, 320 - 2000, 0);
  farther = look (self, 0.15);
  g_assert_cmpuint (count_on (self, farther, self->dense, 1.05, 0, 1.42, 1), <=, GRID_DOTS);
  /* Who reads from right to left has them at the left. */
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  mirrored = look (self, 0.15);
  g_assert_cmpuint (count_on (self, mirrored, self->input, -1.5, 0, -0.05, 1), >, 20);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  /* Too low for every name; what is selected has its own. */
  strata_document_undo (self->document);
  farthest = look (self, 0.05);
  g_assert_cmpuint (count_on (self, farthest, self->dense, 1.3, 0, 4, 1), <=, GRID_DOTS);
  strata_selection_select (self->canvas->selection, self->dense);
  selected = look (self, 0.05);
  g_assert_cmpuint (count_on (self, selected, self->dense, 1.3, 0, 4, 1), >, 10);
}

/* Where the widget ends behind a block, its name stands before it. */
static void
test_label_at_end (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (GdkPixbuf) picture = look (self, 0.15);
  double room = gtk_widget_get_width (GTK_WIDGET (self->canvas)) / 2.0 - 0.15 * STRATA_NODE_WIDTH / 2;

  g_assert_cmpuint (count_on (self, picture, self->dense, -1.5, 0, -0.05, 1), <=, GRID_DOTS);
  strata_canvas_pan (self->canvas, room - 10, 0);
  spin ();
  g_clear_object (&picture);
  picture = look_at (GTK_WIDGET (self->canvas));
  g_assert_cmpuint (count_on (self, picture, self->dense, -1.5, 0, -0.05, 1), >, 20);
}

/* Where all of a network is fitted in, room is left for the names of its last blocks. */
static void
test_room_for_names (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  graphene_point_t left, right;

  g_ptr_array_add (moved, self->small);
  strata_document_move_nodes (self->document, moved, 0, 5600);
  g_ptr_array_index (moved, 0) = self->loose;
  strata_document_move_nodes (self->document, moved, 4400, 0);
  strata_canvas_zoom_to_fit (self->canvas);
  spin ();
  g_assert_cmpuint (self->canvas->detail, ==, STRATA_DETAIL_BLOCKS);
  strata_canvas_to_widget (self->canvas, 0, 0, &left);
  strata_canvas_to_widget (self->canvas, strata_doc_node_get_x (self->loose) + STRATA_NODE_WIDTH, 0, &right);
  g_assert_cmpfloat (left.x, >=, 39);
  g_assert_cmpfloat (gtk_widget_get_width (GTK_WIDGET (self->canvas)) - right.x, >, left.x + 40);
}

static void
test_shapes (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GdkPixbuf) near = look (self, 0.54);

  g_assert_cmpuint (self->canvas->detail, ==, STRATA_DETAIL_NAMES);
  g_assert_cmpuint (count_on (self, near, self->dense, 0.2, 0.55, 0.8, 0.9), >, 40);
  g_assert_cmpstr (strata_node_widget_get_shape_text (strata_canvas_get_card (self->canvas, self->dense)), ==,
                   "40×50, 20 channels");
}

/* Inside a block, seen from afar, names leave out the block's. */
static void
test_short_names (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, self->dense);
  StrataDocNode *block;

  g_assert_true (strata_document_rename (self->document, self->dense, "block1_conv", NULL));
  g_ptr_array_add (some, self->dense);
  g_ptr_array_add (some, self->small);
  block = strata_document_group (self->document, some, "block1", NULL);
  g_assert_nonnull (block);
  strata_canvas_set_scope (self->canvas, block);
  g_assert_cmpstr (pango_layout_get_text (strata_node_widget_get_line (card, STRATA_CARD_LARGE_NAME)), ==, "conv");
  g_assert_cmpstr (pango_layout_get_text (strata_node_widget_get_line (card, STRATA_CARD_NAME)), ==, "block1_conv");
  strata_canvas_set_scope (self->canvas, NULL);
  g_assert_true (strata_document_rename (self->document, block, "part", NULL));
  strata_canvas_set_scope (self->canvas, block);
  g_assert_cmpstr (pango_layout_get_text (strata_node_widget_get_line (card, STRATA_CARD_LABEL)), ==, "block1_conv");
  strata_canvas_set_scope (self->canvas, NULL);
}

/* Names seen from afar are compared: all are of one size, and whole. */
static void
test_even_names (Fixture       *self,
                 gconstpointer  data)
{
  static const char *const names[] = { "out", "max_pooling2d_1", "batch_normalization_12", "multi_head_attention" };
  StrataNodeWidget *card = strata_canvas_get_card (self->canvas, self->dense);
  int size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      PangoLayout *layout;

      g_assert_true (strata_document_rename (self->document, self->dense, names[i], NULL));
      layout = strata_node_widget_get_line (card, STRATA_CARD_LARGE_NAME);
      if (i == 0)
        size = pango_font_description_get_size (pango_layout_get_font_description (layout));
      g_assert_cmpint (pango_font_description_get_size (pango_layout_get_font_description (layout)), ==, size);
      g_assert_false (pango_layout_is_ellipsized (layout));
    }
}

static void
test_notes (Fixture       *self,
            gconstpointer  data)
{
  StrataNoteLook place = { .text = (char *) "Hkg", .x = 300, .y = 100, .width = 200, .height = 80 };
  g_autoptr (GdkPixbuf) picture = NULL;
  graphene_point_t corner;
  guint n_rows = 0;

  strata_document_add_note (self->document, STRATA_NOTE_TEXT, &place);
  picture = look (self, 0.5);
  strata_canvas_to_widget (self->canvas, place.x + 6, place.y + 6, &corner);
  for (int i = 0; i < 30; i++)
    n_rows += count_ink (picture, corner.x, corner.y + i, 80, 1) > 0;
  /* From the top of an ordinary H to the foot of its g. */
  g_assert_cmpuint (n_rows, >=, 9);
}

/* The title of a frame is not hidden by the shape on a wire that passes it; this one is wide, but leaves no ink. */
static void
test_titles (Fixture       *self,
             gconstpointer  data)
{
  StrataNoteLook place = { .text = (char *) "\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003\u2003",
                           .x = -16, .width = 256, .height = 220 };
  double middle = (strata_doc_node_get_height (self->input) + 200) / 2;
  g_autoptr (GdkPixbuf) before = look (self, 1), after = NULL;
  graphene_point_t corner;

  strata_canvas_to_widget (self->canvas, STRATA_NODE_WIDTH / 2 - 40, middle - 7, &corner);
  g_assert_cmpuint (count_ink (before, corner.x, corner.y, 34, 14), >, 20);
  place.y = middle - STRATA_FRAME_TITLE / 2;
  strata_document_add_note (self->document, STRATA_NOTE_FRAME, &place);
  after = look (self, 1);
  g_assert_cmpuint (count_ink (after, corner.x, corner.y, 34, 14), <=, GRID_DOTS);
}

/* From afar, where titles are above frames, no card hides them. */
static void
test_far_titles (Fixture       *self,
                 gconstpointer  data)
{
  StrataNoteLook place = { .text = (char *) "Look twice", .x = -16, .width = 256, .height = 400 };
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GdkPixbuf) picture = NULL;
  const graphene_rect_t *title;
  graphene_point_t corner;

  place.y = strata_doc_node_get_height (self->input) + 8;
  strata_document_add_note (self->document, STRATA_NOTE_FRAME, &place);
  picture = look (self, 0.4);
  g_assert_cmpuint (self->canvas->titles->len, ==, 1);
  title = &g_array_index (self->canvas->titles, graphene_rect_t, 0);
  strata_canvas_find_cards (self->canvas, title, found);
  g_assert_cmpuint (found->len, ==, 0);
  strata_canvas_to_widget (self->canvas, title->origin.x, title->origin.y, &corner);
  g_assert_cmpuint (count_ink (picture, corner.x, corner.y, 0.4 * title->size.width, 0.4 * title->size.height), >, 40);
}

/* A new note lies where it can be read: beside what is selected, not below cards. */
static void
test_new_note (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  graphene_rect_t area, card, sight;
  StrataDocNote *note;

  strata_canvas_set_zoom (self->canvas, 1);
  strata_canvas_reveal (self->canvas, self->dense);
  strata_selection_select (self->canvas->selection, self->dense);
  self->canvas->pointer_x = -1;
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.add-note", NULL);
  spin ();
  note = g_ptr_array_index (strata_document_get_notes (self->document), 0);
  strata_canvas_get_note_area (self->canvas, note, &area);
  strata_canvas_get_card_area (self->canvas, self->dense, &card);
  g_assert_cmpfloat (area.origin.y, ==, card.origin.y);
  strata_canvas_find_cards (self->canvas, &area, found);
  for (guint i = 0; i < found->len; i++)
    {
      strata_canvas_get_card_area (self->canvas, g_ptr_array_index (found, i), &card);
      g_assert_false (graphene_rect_intersection (&card, &area, NULL));
    }
  strata_canvas_get_sight (self->canvas, &sight);
  g_assert_true (graphene_rect_contains_rect (&sight, &area));
  strata_canvas_end_editing (self->canvas, FALSE);
  spin ();
}

/* Keys zoom around what one is at, so that it stays in sight. */
static void
test_zoom_at_selection (Fixture       *self,
                        gconstpointer  data)
{
  graphene_point_t before, after;

  strata_canvas_set_zoom (self->canvas, 0.4);
  strata_canvas_center_on (self->canvas, 500, 500);
  strata_selection_select (self->canvas->selection, self->dense);
  strata_canvas_to_widget (self->canvas, STRATA_NODE_WIDTH / 2,
                           200 + strata_doc_node_get_height (self->dense) / 2, &before);
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.zoom-original", NULL);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (self->canvas), 1, 1e-6);
  strata_canvas_to_widget (self->canvas, STRATA_NODE_WIDTH / 2,
                           200 + strata_doc_node_get_height (self->dense) / 2, &after);
  g_assert_cmpfloat_with_epsilon (after.x, before.x, 0.5);
  g_assert_cmpfloat_with_epsilon (after.y, before.y, 0.5);
}

static void
test_amounts (Fixture       *self,
              gconstpointer  data)
{
  StrataDocWire *wide = g_ptr_array_index (strata_document_get_wires (self->document), 0);
  g_autoptr (GdkPixbuf) before = look (self, 1), after = NULL, far = NULL;
  graphene_point_t middle;
  graphene_rect_t area;

  g_assert_cmpuint (strata_canvas_get_thickness (self->canvas, wide), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.toggle-amounts", NULL);
  g_assert_true (strata_canvas_get_amounts (self->canvas));
  /* 120,000 values are three tenfolds above a hundred. */
  g_assert_cmpuint (strata_canvas_get_thickness (self->canvas, wide), ==, 6);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_card (self->canvas, self->dense)->share, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_card (self->canvas, self->small)->share, 105 / 1220.0, 1e-9);
  g_assert_cmpfloat (strata_canvas_get_card (self->canvas, self->input)->share, ==, 0);
  after = look (self, 1);

  strata_canvas_get_card_area (self->canvas, self->input, &area);
  strata_canvas_to_widget (self->canvas, STRATA_NODE_WIDTH / 2, (area.size.height + 200) / 2 + 24, &middle);
  g_assert_cmpuint (count_ink (before, middle.x - 20, middle.y, 40, 1), <=, 4);
  g_assert_cmpuint (count_ink (after, middle.x - 20, middle.y, 40, 1), >=, 10);

  /* From afar, a block is full as far as its part goes. */
  far = look (self, 0.2);
  g_assert_cmpuint (count_on (self, far, self->dense, 0.02, 0.3, 0.98, 0.6), ==, 0);
  g_assert_cmpuint (count_on (self, far, self->small, 0.02, 0.3, 0.98, 0.6), >, 40);
  gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.toggle-amounts", NULL);
  g_assert_cmpfloat (strata_canvas_get_card (self->canvas, self->dense)->share, ==, -1);
}

static GtkGesture *
find_pinch (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_ZOOM (controller))
        return GTK_GESTURE (controller);
    }
  return NULL;
}

/* By the signals of the gesture, as nothing plays fingers on a display without them. */
static void
test_pinch (Fixture       *self,
            gconstpointer  data)
{
  GtkGesture *pinch = find_pinch (GTK_WIDGET (self->canvas));
  graphene_point_t before, after;

  g_assert_nonnull (pinch);
  strata_canvas_set_zoom (self->canvas, 1);
  self->canvas->pointer_x = 300;
  self->canvas->pointer_y = 200;
  strata_viewport_to_canvas (&self->canvas->viewport, 300, 200, &before);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 1.25);
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (self->canvas), 1.5, 1e-6);
  strata_viewport_to_canvas (&self->canvas->viewport, 300, 200, &after);
  g_assert_cmpfloat_with_epsilon (after.x, before.x, 0.01);
  g_assert_cmpfloat_with_epsilon (after.y, before.y, 0.01);
  /* Fingers that go elsewhere take along what is between them. */
  self->canvas->pointer_x = 340;
  g_signal_emit_by_name (pinch, "scale-changed", 0.5);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (self->canvas), 0.5, 1e-6);
  strata_viewport_to_canvas (&self->canvas->viewport, 340, 200, &after);
  g_assert_cmpfloat_with_epsilon (after.x, before.x, 0.01);
  /* A box that the first finger began is given up. */
  self->canvas->drag = STRATA_DRAG_BAND;
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_assert_cmpuint (self->canvas->drag, ==, STRATA_DRAG_NONE);
}

#define ADD(path, func) g_test_add ("/design/seen/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("labels", test_labels);
  ADD ("label-at-end", test_label_at_end);
  ADD ("room-for-names", test_room_for_names);
  ADD ("shapes", test_shapes);
  ADD ("short-names", test_short_names);
  ADD ("even-names", test_even_names);
  ADD ("notes", test_notes);
  ADD ("titles", test_titles);
  ADD ("far-titles", test_far_titles);
  ADD ("new-note", test_new_note);
  ADD ("zoom-at-selection", test_zoom_at_selection);
  ADD ("amounts", test_amounts);
  ADD ("pinch", test_pinch);
  return g_test_run ();
}
