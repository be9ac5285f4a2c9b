/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one writes on the canvas, with a real pointer and real keys: names, notes and frames. */
#include "hand.h"

#include "canvas/in-place.h"
#include "document/note.h"

static gboolean
is_writing (gpointer data)
{
  Fixture *self = data;

  return self->canvas->editor != NULL && gtk_widget_get_mapped (self->canvas->editor);
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->canvas->editor == NULL;
}

static void
write_text (Fixture    *self,
            const char *text,
            const char *last_key)
{
  wait_until (is_writing, self, 20);
  settle (100);
  hand ("type %s", text);
  settle (80);
  press (last_key);
  wait_until (is_done, self, 20);
}

static void
double_click (graphene_point_t place)
{
  point_at (place);
  hand ("click --repeat 2 --delay 60 1");
  settle (80);
}

static void
test_rename (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *before = NULL;

  /* On the name itself; Enter takes over, as one step, and the card has the focus again. */
  double_click (on_card (self, self->dense, 0.4, 0.16));
  write_text (self, "hidden", "Return");
  g_assert_cmpstr (strata_doc_node_get_name (self->dense), ==, "hidden");
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (strata_canvas_get_card (self->canvas, self->dense))));
  press ("Down");
  g_assert_cmpfloat (strata_doc_node_get_y (self->dense), ==, 2 * ROW + STRATA_GRID);
  strata_document_undo (self->document);
  strata_document_undo (self->document);
  g_assert_cmpstr (strata_doc_node_get_name (self->dense), ==, "dense");

  /* Escape leaves the name. */
  press ("F2");
  write_text (self, "nothing", "Escape");
  g_assert_cmpstr (strata_doc_node_get_name (self->dense), ==, "dense");
  g_assert_true (strata_document_can_redo (self->document));

  /* A name that another has is told in words, and can be mended. */
  press ("F2");
  wait_until (is_writing, self, 20);
  before = g_strdup (strata_doc_node_get_name (self->flatten));
  hand ("type %s", before);
  settle (80);
  press ("Return");
  g_assert_true (is_writing (self));
  g_assert_nonnull (strstr (strata_in_place_get_reason (STRATA_IN_PLACE (self->canvas->editor)), before));
  write_text (self, "2", "Return");
  g_assert_cmpstr (strata_doc_node_get_name (self->dense), ==, "flatten2");
}

/* Letters, spaces and Delete are for the text while one writes, and going elsewhere takes it over. */
static void
test_keys_are_text (Fixture       *self,
                    gconstpointer  data)
{
  click (on_card (self, self->dense, 0.5, 0.5), NULL);
  press ("F2");
  wait_until (is_writing, self, 20);
  hand ("type camngf");
  press ("Delete");
  press ("BackSpace");
  settle (80);
  g_assert_true (is_writing (self));
  click (at (self, 320, 200), NULL);
  wait_until (is_done, self, 20);
  g_assert_cmpstr (strata_doc_node_get_name (self->dense), ==, "camng");
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 4);
  g_assert_cmpuint (strata_document_get_notes (self->document)->len, ==, 0);
}

static StrataDocNote *
get_note (Fixture *self,
          guint    i)
{
  const GPtrArray *notes = strata_document_get_notes (self->document);

  g_assert_cmpuint (notes->len, >, i);
  return g_ptr_array_index (notes, i);
}

static void
test_note (Fixture       *self,
           gconstpointer  data)
{
  const StrataNoteLook *look;
  double width;

  click (at (self, 400, 60), NULL);
  press ("n");
  write_text (self, "Nine", "Escape");
  look = strata_doc_note_get_look (get_note (self, 0));
  g_assert_nonnull (strstr (look->text, "Nine"));
  g_assert_cmpint (strata_doc_note_get_kind (get_note (self, 0)), ==, STRATA_NOTE_TEXT);
  g_assert_true (strata_selection_get_single_note (self->selection) == get_note (self, 0));

  /* Moved by hand, and made larger at its corner. */
  drag (at (self, look->x + 20, look->y + look->height / 2), at (self, look->x + 60, look->y + look->height / 2 + 40));
  look = strata_doc_note_get_look (get_note (self, 0));
  g_assert_cmpstr (strata_document_get_undo_label (self->document), ==, "Move");
  width = look->width;
  drag (at (self, look->x + width - 6, look->y + look->height - 6),
        at (self, look->x + width + 58, look->y + look->height + 26));
  look = strata_doc_note_get_look (get_note (self, 0));
  g_assert_cmpfloat_with_epsilon (look->width, width + 64, STRATA_GRID);
  press ("ctrl+Right");
  g_assert_cmpfloat_with_epsilon (strata_doc_note_get_look (get_note (self, 0))->width, width + 80, STRATA_GRID);

  press ("ctrl+c");
  press ("ctrl+v");
  g_assert_cmpuint (strata_document_get_notes (self->document)->len, ==, 2);
  g_assert_cmpstr (strata_doc_note_get_look (get_note (self, 1))->text, ==,
                   strata_doc_note_get_look (get_note (self, 0))->text);
  press ("Delete");
  g_assert_cmpuint (strata_document_get_notes (self->document)->len, ==, 1);
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 4);
}

static void
test_frame (Fixture       *self,
            gconstpointer  data)
{
  const StrataNoteLook *look;
  graphene_point_t title;
  double x, y;

  /* Around what is selected. */
  click (on_card (self, self->flatten, 0.5, 0.5), NULL);
  click (on_card (self, self->dense, 0.5, 0.5), "shift");
  press ("f");
  write_text (self, "Decides", "Return");
  look = strata_doc_note_get_look (get_note (self, 0));
  g_assert_cmpstr (look->text, ==, "Decides");
  g_assert_cmpfloat (look->x, <, strata_doc_node_get_x (self->flatten));
  g_assert_cmpfloat (look->y + look->height, >,
                     strata_doc_node_get_y (self->dense) + strata_doc_node_get_height (self->dense));

  /* Pulled at its title, all on it comes along, and nothing else. */
  x = strata_doc_node_get_x (self->dense);
  y = strata_doc_node_get_y (self->input);
  title = at (self, look->x + 200, look->y + 12);
  drag (title, GRAPHENE_POINT_INIT (title.x - 200, title.y + 40));
  g_assert_cmpfloat (strata_doc_node_get_x (self->dense), <, x - 100);
  g_assert_cmpfloat (strata_doc_node_get_x (self->flatten), ==, strata_doc_node_get_x (self->dense));
  g_assert_cmpfloat (strata_doc_node_get_y (self->input), ==, y);
  g_assert_cmpfloat (strata_doc_node_get_x (self->dropout), ==, 400);
  strata_document_undo (self->document);
  g_assert_cmpfloat (strata_doc_node_get_x (self->dense), ==, x);
  g_assert_cmpfloat (strata_doc_note_get_look (get_note (self, 0))->x, ==, x - STRATA_FRAME_MARGIN);

  /* On the frame, one selects as anywhere. */
  drag (at (self, -7, 2 * ROW - 20), at (self, STRATA_NODE_WIDTH / 2, 2 * ROW + 20));
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 1);
  g_assert_null (strata_selection_get_single_note (self->selection));

  /* Only the frame goes. */
  look = strata_doc_note_get_look (get_note (self, 0));
  click (at (self, look->x + 200, look->y + 12), NULL);
  press ("Delete");
  g_assert_cmpuint (strata_document_get_notes (self->document)->len, ==, 0);
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 4);
}

/* Notes are on the way of Tab, and Enter writes on them. */
static void
test_tab (Fixture       *self,
          gconstpointer  data)
{
  StrataNoteLook look = { STRATA_NOTE_GREEN, 0, 4 * ROW, 200, 80, 0, "Last" };
  StrataDocNote *note = strata_document_add_note (self->document, STRATA_NOTE_TEXT, &look);

  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  for (int i = 0; i < 5; i++)
    press ("Tab");
  g_assert_true (strata_selection_get_single_note (self->selection) == note);
  press ("Return");
  write_text (self, "more", "Escape");
  g_assert_nonnull (strstr (strata_doc_note_get_look (note)->text, "more"));
  press ("shift+Tab");
  g_assert_cmpuint (strata_selection_get_n_nodes (self->selection), ==, 1);
}

#define ADD(path, func) g_test_add ("/design/writing/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("rename", test_rename);
  ADD ("keys-are-text", test_keys_are_text);
  ADD ("note", test_note);
  ADD ("frame", test_frame);
  ADD ("tab", test_tab);
  return g_test_run ();
}
