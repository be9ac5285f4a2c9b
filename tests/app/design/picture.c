/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Networks as pictures: of each kind, of all and of what is selected, with what is on the cards as text. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "canvas/graph-picture.h"
#include "canvas/metrics.h"
#include "document/file.h"

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/design/picture/kinds", test_kinds);
  g_test_add_func ("/design/picture/selection", test_selection);
  g_test_add_func ("/design/picture/pixels", test_pixels);
  return g_test_run ();
}
