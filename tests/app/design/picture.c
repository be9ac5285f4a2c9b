/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks as pictures: of each kind, of all and of what is selected, with what is on the cards as text; and on
 * paper. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "canvas/graph-picture.h"
#include "canvas/graph-print.h"
#include "canvas/metrics.h"
#include "canvas/note-draw.h"
#include "document/file.h"
#include "document/group.h"
#include "document/note.h"

static StrataDocument *
new_document (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load ("digits", &error);
  StrataDocument *document = strata_document_new_from_example (example, &error);

  g_assert_no_error (error);
  return document;
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *name, *start;
  } kinds[] = { { "a.svg", "<?xml" }, { "a.PDF", "%PDF" }, { "a.png", "\x89PNG" } };
  g_autoptr (StrataDocument) document = new_document ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = strata_graph_picture_export (document, NULL, kinds[i].name, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 2000);
      g_assert_cmpint (memcmp (g_bytes_get_data (bytes, NULL), kinds[i].start, strlen (kinds[i].start)), ==, 0);
    }
}

static void
test_selection (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  double width, height, all_width, all_height;

  strata_graph_picture_get_size (document, NULL, &all_width, &all_height);
  g_ptr_array_add (some, g_ptr_array_index (strata_document_get_nodes (document), 0));
  strata_graph_picture_get_size (document, some, &width, &height);
  g_assert_cmpfloat (all_height, >, 5 * STRATA_NODE_HEIGHT);
  g_assert_cmpfloat (height, <, 2 * STRATA_NODE_HEIGHT);
  g_assert_cmpfloat (width, >, STRATA_NODE_WIDTH);
}

/* The first card is where it should be: white, with the edge in its colour, on white paper. */
static void
test_pixels (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (GBytes) bytes = strata_graph_picture_export (document, NULL, "a.png", NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GdkPixbuf) pixels = gdk_pixbuf_new_from_stream (stream, NULL, NULL);
  const guint8 *row, *edge;
  gboolean has_ink = FALSE;

  g_assert_nonnull (pixels);
  g_assert_cmpint (gdk_pixbuf_get_pixels (pixels)[0], ==, 255);
  row = gdk_pixbuf_get_pixels (pixels) + 2 * (24 + 60) * gdk_pixbuf_get_rowstride (pixels);
  edge = row + 2 * (24 + 2) * gdk_pixbuf_get_n_channels (pixels);
  g_assert_cmpint (edge[2], >, edge[0]);
  for (int x = 2 * 40; x < 2 * 200; x++)
    has_ink |= row[x * gdk_pixbuf_get_n_channels (pixels)] < 128;
  g_assert_true (has_ink);
}

static GdkPixbuf *
take_picture (StrataDocument *document)
{
  g_autoptr (GBytes) bytes = strata_graph_picture_export (document, NULL, "a.png", NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  GdkPixbuf *pixels = gdk_pixbuf_new_from_stream (stream, NULL, NULL);

  g_assert_nonnull (pixels);
  return pixels;
}

/* What is @x and @y away from the first corner, at 100 %. */
static const guint8 *
get_pixel (GdkPixbuf *pixels,
           double     x,
           double     y)
{
  return gdk_pixbuf_get_pixels (pixels) + (int) (2 * y) * gdk_pixbuf_get_rowstride (pixels) + (int) (2 * x) *
         gdk_pixbuf_get_n_channels (pixels);
}

/* The icon is beside the name, in the colour of the edge. */
static void
test_icon (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (GdkPixbuf) pixels = take_picture (document);
  guint n_colored = 0;

  for (int y = 24 + 13; y < 24 + 29; y++)
    for (int x = 24 + STRATA_NODE_PADDING; x < 24 + STRATA_NODE_PADDING + 16; x++)
      n_colored += get_pixel (pixels, x, y)[2] > get_pixel (pixels, x, y)[0] + 40;
  g_assert_cmpuint (n_colored, >, 10);
}

/* A group is one card, and what is in it is a picture of its own once one looks into it. */
static void
test_groups (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  double width, height, all, inside;
  StrataDocNode *group;

  strata_graph_picture_get_size (document, NULL, &width, &all);
  for (guint i = 1; i < 5; i++)
    g_ptr_array_add (some, g_ptr_array_index (strata_document_get_nodes (document), i));
  group = strata_document_group (document, some, NULL, NULL);
  g_assert_nonnull (group);
  strata_document_arrange (document);
  strata_graph_picture_get_size (document, NULL, &width, &height);
  g_assert_cmpfloat (height, <, all - 2 * STRATA_NODE_HEIGHT);
  strata_document_set_place (document, group);
  strata_graph_picture_get_size (document, NULL, &width, &inside);
  g_assert_cmpfloat (inside, >, 4 * STRATA_NODE_HEIGHT);
}

/* A frame colours what is around its cards, and its title is written on it. */
static void
test_notes (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  StrataDocNode *first = g_ptr_array_index (strata_document_get_nodes (document), 0);
  StrataNoteLook look = { STRATA_NOTE_GREEN, 0, 0, 400, 300, 0, "Reads" };
  g_autoptr (GdkPixbuf) pixels = NULL;
  gboolean has_ink = FALSE;

  look.x = strata_doc_node_get_x (first) - 100;
  look.y = strata_doc_node_get_y (first) - 100;
  strata_document_add_note (document, STRATA_NOTE_FRAME, &look);
  pixels = take_picture (document);
  g_assert_cmpint (get_pixel (pixels, 24 + 30, 24 + 150)[0], <, get_pixel (pixels, 24 + 30, 24 + 150)[1]);
  for (int x = 24 + 8; x < 24 + 80; x++)
    has_ink |= get_pixel (pixels, x, 24 + 18)[0] < 100;
  g_assert_true (has_ink);
}

static void
test_muted (void)
{
  g_autoptr (StrataDocument) document = new_document ();
  StrataDocNode *second = g_ptr_array_index (strata_document_get_nodes (document), 1);
  g_autoptr (GdkPixbuf) before = take_picture (document), after = NULL;
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  double y = 24 + strata_doc_node_get_y (second) -
             strata_doc_node_get_y (g_ptr_array_index (strata_document_get_nodes (document), 0));

  g_ptr_array_add (some, second);
  strata_document_mute (document, some, TRUE);
  after = take_picture (document);
  g_assert_cmpint (get_pixel (after, 24 + 2, y + 50)[2], >, get_pixel (before, 24 + 2, y + 50)[2] + 40);
}

static guint
count_parts (const char *text,
             gsize       size,
             const char *part)
{
  const char *place = text;
  guint n = 0;

  while ((place = memmem (place, size - (place - text), part, strlen (part))) != NULL)
    {
      n++;
      place += strlen (part);
    }
  return n;
}

/* What goes to a printer, as a file: one page with the network on it. */
static void
test_print (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.pdf", NULL), *text = NULL;
  g_autoptr (StrataDocument) document = new_document ();
  g_autoptr (GtkPrintOperation) operation = strata_graph_print_new (document);
  g_autoptr (GError) error = NULL;
  gsize size;

  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_true (g_str_has_prefix (text, "%PDF"));
  g_assert_cmpuint (size, >, 5000);
  g_assert_cmpuint (count_parts (text, size, "/Type /Page "), ==, 1);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/app/strata/Strata/icons");
  g_test_add_func ("/design/picture/kinds", test_kinds);
  g_test_add_func ("/design/picture/selection", test_selection);
  g_test_add_func ("/design/picture/pixels", test_pixels);
  g_test_add_func ("/design/picture/icon", test_icon);
  g_test_add_func ("/design/picture/groups", test_groups);
  g_test_add_func ("/design/picture/notes", test_notes);
  g_test_add_func ("/design/picture/muted", test_muted);
  g_test_add_func ("/design/picture/print", test_print);
  return g_test_run ();
}
