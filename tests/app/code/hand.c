/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Code by hand: a click selects the layer, a double click a word, and what is typed there becomes the network. */
#include <gtksourceview/gtksource.h>

#include "../window/pointer.h"
#include "canvas/selection.h"
#include "code/code-view.h"
#include "document/file.h"

typedef struct
{
  StrataDocument *document;
  GtkWidget *source;
  const char *units;
} Hand;

/* In the middle of a text that is on the screen. */
static graphene_point_t
find_text (GtkWidget  *source,
           const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (source));
  GtkTextIter start, first, last;
  GdkRectangle area, end;
  graphene_point_t point;
  int x, y;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, text, GTK_TEXT_SEARCH_TEXT_ONLY, &first, &last, NULL));
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (source), &first, &area);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (source), &last, &end);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (source), GTK_TEXT_WINDOW_WIDGET, (area.x + end.x) / 2,
                                         area.y + area.height / 2, &x, &y);
  g_assert_true (gtk_widget_compute_point (source, GTK_WIDGET (gtk_widget_get_root (source)),
                                           &GRAPHENE_POINT_INIT (x, y), &point));
  return point;
}

static char *
dup_units (Hand *self)
{
  StrataDocNode *node = strata_document_find_node (self->document, "dense");
  StrataObject *layer = node != NULL ? STRATA_OBJECT (strata_doc_node_get_layer (node)) : NULL;
  g_autoptr (JsonNode) units = layer != NULL ? strata_object_get_param (layer, "units") : NULL;

  return units != NULL ? json_to_string (units, FALSE) : NULL;
}

static gboolean
has_units (gpointer data)
{
  Hand *self = data;
  g_autofree char *units = dup_units (self);

  return g_strcmp0 (units, self->units) == 0;
}

static gboolean
is_selected (gpointer selection)
{
  StrataDocNode *node = strata_selection_get_single (selection);

  return node != NULL && g_str_equal (strata_doc_node_get_name (node), "dense");
}

static gboolean
is_full (gpointer window)
{
  return gtk_widget_get_mapped (window) && gtk_widget_get_width (window) > 1000;
}

static gboolean
has_four (gpointer document)
{
  return strata_document_get_nodes (document)->len == 4;
}

static void
test_hand (void)
{
  g_autoptr (StrataExample) example = strata_example_load ("iris", NULL);
  g_autoptr (StrataDocument) document = strata_document_new_from_example (example, NULL);
  g_autoptr (StrataSelection) selection = strata_selection_get (document);
  g_autoptr (StrataRunner) runner = strata_runner_new (document);
  GtkWidget *view = strata_code_view_new (document, runner), *window = gtk_window_new ();
  Hand self = { document, NULL, NULL };
  graphene_point_t number;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  self.source = find_type (view, GTK_SOURCE_TYPE_VIEW);
  wait_until (is_full, window, 20);
  settle (300);

  click_at (find_text (self.source, "units=16"));
  wait_until (is_selected, selection, 10);
  /* Three clicks at once would be for the line. */
  settle (500);

  number = find_text (self.source, "16");
  hand ("mousemove %d %d click --repeat 2 --delay 40 1", (int) number.x, (int) number.y);
  settle (100);
  hand ("type --delay 20 24");
  self.units = "24";
  wait_until (has_units, &self, 10);
  /* Keys that people know from editors work on the text, and the network follows. */
  hand ("key BackSpace BackSpace");
  hand ("type --delay 20 8");
  self.units = "8";
  wait_until (has_units, &self, 10);
  hand ("key End Return");
  hand ("type --delay 20 layers.Dropout(0.5),");
  wait_until (has_four, document, 10);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/code/hand", test_hand);
  return g_test_run ();
}
