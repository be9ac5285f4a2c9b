/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Notes and frames in documents, groups and files; the model beside them knows nothing of them. */
#include <glib/gstdio.h>

#include "document/group.h"
#include "document/note.h"
#include "file-check.h"
#include "io/keras/keras-file.h"
#include "io/keras/model-config.h"

static StrataDocNode *
add (StrataDocument *document,
     const char     *class_name,
     double          x,
     double          y)
{
  StrataDocNode *node = strata_document_add_node (document, class_name, NULL, x, y, NULL);

  g_assert_nonnull (node);
  return node;
}

static StrataDocument *
new_network (void)
{
  StrataDocument *document = strata_document_new ();
  StrataDocNode *input = add (document, "InputLayer", 0, 0), *flatten = add (document, "Flatten", 0, 160);
  StrataDocNode *dense = add (document, "Dense", 0, 320);

  strata_document_connect (document, input, 0, flatten, 0, NULL);
  strata_document_connect (document, flatten, 0, dense, 0, NULL);
  return document;
}

/* The layers and their wires, as Keras reads them. */
static char *
read_layers (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataKerasFile) file = strata_keras_file_read (path, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = strata_model_to_json (file->model, NULL);
  return g_strdup (strstr (text, "\"layers\""));
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-notes-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notes.keras", NULL);
  g_autofree char *plain = NULL, *noted = NULL, *before = NULL, *after = NULL;
  g_autoptr (StrataDocument) document = new_network (), loaded = NULL;
  StrataNoteLook look = { STRATA_NOTE_PURPLE, -24, 104, 272, 344, 0, "Über “alles”\nzwei" };
  g_autoptr (GError) error = NULL;
  StrataDocNote *note;

  g_assert_false (save (document, path));
  plain = read_layers (path);
  strata_document_add_note (document, STRATA_NOTE_FRAME, &look);
  strata_document_add_note (document, STRATA_NOTE_TEXT, &look);
  g_assert_true (strata_document_get_modified (document));
  g_assert_false (save (document, path));
  noted = read_layers (path);
  g_assert_cmpstr (plain, ==, noted);
  g_assert_nonnull (plain);

  before = to_text (document);
  loaded = load (path, &error);
  g_assert_no_error (error);
  after = to_text (loaded);
  g_assert_cmpstr (before, ==, after);
  note = g_ptr_array_index (strata_document_get_notes (loaded), 0);
  g_assert_cmpint (strata_doc_note_get_kind (note), ==, STRATA_NOTE_FRAME);
  g_assert_cmpstr (strata_doc_note_get_look (note)->text, ==, look.text);
  g_assert_cmpint (strata_doc_note_get_look (note)->color, ==, STRATA_NOTE_PURPLE);
  g_unlink (path);
  g_rmdir (folder);
}

/* What is written inside a group goes and comes back with it, and stays when the group is taken apart. */
static void
test_groups (void)
{
  g_autoptr (StrataDocument) document = new_network ();
  g_autoptr (GPtrArray) some = g_ptr_array_new (), pasted = NULL, inner = NULL;
  StrataNoteLook look = { STRATA_NOTE_GREY, 10, 10, 200, 80, 0, "Inside" };
  g_autofree char *text = NULL;
  StrataDocNode *group;
  StrataDocNote *note;

  g_ptr_array_add (some, strata_document_find_node (document, "dense"));
  group = strata_document_group (document, some, "head", NULL);
  strata_document_set_place (document, group);
  note = strata_document_add_note (document, STRATA_NOTE_TEXT, &look);
  strata_document_set_place (document, NULL);
  g_assert_cmpuint (strata_doc_note_get_look (note)->group, ==, strata_doc_node_get_id (group));

  g_ptr_array_index (some, 0) = group;
  text = strata_document_copy (document, some, NULL);
  pasted = strata_document_paste (document, text, 8, 8, NULL);
  g_assert_cmpuint (strata_document_get_notes (document)->len, ==, 2);
  inner = strata_document_dup_notes (document, g_ptr_array_index (pasted, 0));
  g_assert_cmpuint (inner->len, ==, 1);
  strata_document_remove_nodes (document, pasted);
  g_assert_cmpuint (strata_document_get_notes (document)->len, ==, 1);
  strata_document_undo (document);
  g_assert_cmpuint (strata_document_get_notes (document)->len, ==, 2);
  strata_document_undo (document);

  strata_document_ungroup (document, group);
  g_assert_cmpuint (strata_document_get_notes (document)->len, ==, 1);
  g_assert_cmpuint (strata_doc_note_get_look (note)->group, ==, 0);
}

/* Cards that are laid out anew stay in their frame. */
static void
test_arrange (void)
{
  g_autoptr (StrataDocument) document = new_network ();
  StrataDocNode *flatten = strata_document_find_node (document, "flatten");
  StrataNoteLook look = { STRATA_NOTE_BLUE, 0, 0, 0, 0, 0, "Middle" };
  const StrataNoteLook *fitted;
  g_autofree char *before = NULL, *after = NULL;
  StrataDocNote *frame;

  strata_document_place_nodes (document, &(GPtrArray){ (gpointer[]){ flatten }, 1 }, (double[]){ 904, 704 });
  look.x = strata_doc_node_get_x (flatten) - 16;
  look.y = strata_doc_node_get_y (flatten) - 40;
  look.width = strata_doc_node_get_width (flatten) + 32;
  look.height = strata_doc_node_get_height (flatten) + 56;
  frame = strata_document_add_note (document, STRATA_NOTE_FRAME, &look);
  before = to_text (document);
  strata_document_arrange (document);
  fitted = strata_doc_note_get_look (frame);
  g_assert_cmpfloat (fitted->x, ==, strata_doc_node_get_x (flatten) - STRATA_FRAME_MARGIN);
  g_assert_cmpfloat (fitted->x, <, 500);
  g_assert_cmpfloat (fitted->y + fitted->height, >,
                     strata_doc_node_get_y (flatten) + strata_doc_node_get_height (flatten));
  strata_document_undo (document);
  after = to_text (document);
  g_assert_cmpstr (before, ==, after);
}

/* Moving on is one step, until something else happens. */
static void
test_coalescing (void)
{
  g_autoptr (StrataDocument) document = new_network ();
  g_autoptr (GPtrArray) nodes = g_ptr_array_new (), notes = g_ptr_array_new ();
  StrataNoteLook look = { STRATA_NOTE_BLUE, 0, 0, 200, 80, 0, "" };
  StrataDocNote *note = strata_document_add_note (document, STRATA_NOTE_TEXT, &look);

  g_ptr_array_add (nodes, strata_document_find_node (document, "dense"));
  g_ptr_array_add (notes, note);
  for (int i = 0; i < 5; i++)
    strata_document_move_all (document, nodes, notes, 8, 0);
  g_assert_cmpfloat (strata_doc_note_get_look (note)->x, ==, 40);
  strata_document_undo (document);
  g_assert_cmpfloat (strata_doc_note_get_look (note)->x, ==, 0);
  g_assert_cmpfloat (strata_doc_node_get_x (g_ptr_array_index (nodes, 0)), ==, 0);
  strata_document_redo (document);
  g_assert_cmpfloat (strata_doc_note_get_look (note)->x, ==, 40);
  strata_document_set_note_text (document, note, "a");
  strata_document_set_note_text (document, note, "b");
  strata_document_undo (document);
  g_assert_cmpstr (strata_doc_note_get_look (note)->text, ==, "a");
}

/* Notes as no one would write them: made ordinary, or refused in words. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *notes;
    gboolean good;
  } cases[] = {
    { "[]", TRUE },
    { "{}", TRUE },
    { "[{}]", TRUE },
    { "[1]", FALSE },
    { "[{\"text\": 1, \"kind\": 7}]", TRUE },
    { "[{\"text\": \"x\", \"width\": -5, \"height\": 1e300, \"x\": -1e300, \"color\": \"none\"}]", TRUE },
    { "[{\"text\": \"x\", \"group\": 77}]", FALSE },
    { "[{\"text\": \"x\", \"id\": -3}, {\"text\": \"x\", \"id\": -3}]", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"nodes\": [], \"wires\": [], \"notes\": %s}", cases[i].notes);
      g_autoptr (StrataDocument) document = strata_document_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) pasted = strata_document_paste (document, text, 0, 0, &error);

      g_test_message ("%s", cases[i].notes);
      g_assert_true ((pasted != NULL) == cases[i].good);
      g_assert_true ((error == NULL) == cases[i].good);
      if (!cases[i].good)
        g_assert_cmpuint (strata_document_get_notes (document)->len, ==, 0);
      for (guint j = 0; j < strata_document_get_notes (document)->len; j++)
        {
          const StrataNoteLook *look =
            strata_doc_note_get_look (g_ptr_array_index (strata_document_get_notes (document), j));

          g_assert_cmpfloat (look->width, >=, STRATA_NOTE_LEAST_WIDTH);
          g_assert_cmpfloat (look->height, <=, 1e7);
          g_assert_cmpfloat (look->x, >=, -1e7);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/notes/file", test_file);
  g_test_add_func ("/document/notes/groups", test_groups);
  g_test_add_func ("/document/notes/arrange", test_arrange);
  g_test_add_func ("/document/notes/coalescing", test_coalescing);
  g_test_add_func ("/document/notes/hostile", test_hostile);
  return g_test_run ();
}
