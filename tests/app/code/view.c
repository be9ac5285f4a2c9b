/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The code view: code that is typed becomes the network, a mistake is told by its line, and what is selected in the
 * code is selected everywhere. */
#include <gtksourceview/gtksource.h>

#include "../document/file-check.h"
#include "../window/pointer.h"
#include "canvas/selection.h"
#include "code/code-view.h"
#include "document/group.h"

typedef struct
{
  StrataDocument *document;
  StrataSelection *selection;
  StrataRunner *runner;
  GtkWidget *window, *view, *source;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (StrataExample) example = strata_example_load ("iris", NULL);

  self->document = strata_document_new_from_example (example, NULL);
  self->selection = strata_selection_get (self->document);
  self->runner = strata_runner_new (self->document);
  self->view = strata_code_view_new (self->document, self->runner);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), self->view);
  gtk_window_present (GTK_WINDOW (self->window));
  settle (300);
  self->source = find_type (self->view, GTK_SOURCE_TYPE_VIEW);
  gtk_widget_grab_focus (self->source);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle (50);
  g_object_unref (self->runner);
  g_object_unref (self->selection);
  g_object_unref (self->document);
}

static void
replace (Fixture    *self,
         const char *from,
         const char *to)
{
  g_autofree char *text = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  g_autoptr (GString) changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source)), changed->str, -1);
}

static gboolean
has_four (gpointer data)
{
  return strata_document_get_nodes (data)->len == 4;
}

static void
test_typed (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *before = to_text (self->document), *undone = NULL, *code = NULL;

  replace (self, "layers.Dense(units=3", "layers.Dense(7),  # wide\n            layers.Dense(units=3");
  wait_until (has_four, self->document, 10);
  g_assert_cmpuint (strata_document_count_severity (self->document, STRATA_SEVERITY_ERROR), ==, 0);
  /* What was typed stays as it was typed. */
  code = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  g_assert_nonnull (strstr (code, "# wide"));
  strata_document_undo (self->document);
  undone = to_text (self->document);
  g_assert_cmpstr (before, ==, undone);
  g_clear_pointer (&code, g_free);
  code = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  g_assert_null (strstr (code, "# wide"));
}

static gboolean
tells_line (gpointer data)
{
  GtkWidget *label = find_label (data, "Line 9: there is no layer called Denze; is Dense meant?");

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
test_mistake (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *before = to_text (self->document), *after = NULL;
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source)));
  GSList *marks;

  replace (self, "layers.Dense(units=16", "layers.Denze(units=16");
  wait_until (tells_line, self->view, 10);
  after = to_text (self->document);
  g_assert_cmpstr (before, ==, after);
  /* The line is marked beside its number, and nothing else is. */
  marks = gtk_source_buffer_get_source_marks_at_line (buffer, 8, NULL);
  g_assert_cmpuint (g_slist_length (marks), ==, 1);
  g_assert_null (gtk_source_buffer_get_source_marks_at_line (buffer, 7, NULL));
  g_slist_free (marks);
  replace (self, "layers.Denze(units=16", "layers.Dense(units=16");
  settle (1200);
  g_assert_false (tells_line (self->view));
  g_assert_null (gtk_source_buffer_get_source_marks_at_line (buffer, 8, NULL));
}

static void
test_selection (Fixture       *self,
                gconstpointer  data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "selected");
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, 8);
  gtk_text_buffer_place_cursor (buffer, &iter);
  g_assert_true (strata_selection_get_single (self->selection) == strata_document_find_node (self->document, "dense"));
  strata_selection_select (self->selection, strata_document_find_node (self->document, "species"));
  gtk_text_buffer_get_iter_at_line (buffer, &iter, 9);
  g_assert_true (gtk_text_iter_has_tag (&iter, tag));
  gtk_text_buffer_get_iter_at_line (buffer, &iter, 8);
  g_assert_false (gtk_text_iter_has_tag (&iter, tag));
}

static gboolean
has_units (gpointer data)
{
  StrataDocNode *node = strata_document_find_node (data, "dense");
  g_autoptr (JsonNode) units = NULL;

  if (node == NULL)
    return FALSE;
  units = strata_object_get_param (STRATA_OBJECT (strata_doc_node_get_layer (node)), "units");
  return json_node_get_int (units) == 24;
}

/* A group is a model within the model: its layers are selected and edited in their lines, and stay in the group; code
 * that has it no more takes it apart. */
static void
test_group (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) inside = g_ptr_array_new ();
  g_autofree char *before = NULL, *after = NULL;
  StrataDocNode *dense = strata_document_find_node (self->document, "dense"), *group;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source));
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "selected");
  GtkTextIter iter, match;

  g_ptr_array_add (inside, dense);
  group = strata_document_group (self->document, inside, "block", NULL);
  g_assert_nonnull (group);
  settle (50);
  before = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  g_test_message ("%s", before);

  strata_selection_select (self->selection, dense);
  gtk_text_buffer_get_start_iter (buffer, &iter);
  g_assert_true (gtk_text_iter_forward_search (&iter, "units=16", 0, &match, NULL, NULL));
  g_assert_true (gtk_text_iter_has_tag (&match, tag));
  gtk_text_buffer_place_cursor (buffer, &match);
  g_assert_true (strata_selection_get_single (self->selection) == dense);

  replace (self, "units=16", "units=24");
  wait_until (has_units, self->document, 10);
  g_assert_cmpuint (strata_document_get_groups (self->document)->len, ==, 1);
  g_assert_true (strata_document_find_node (self->document, "dense") == dense);
  g_assert_true (strata_doc_node_get_group (dense) == group);
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 3);
  g_assert_cmpuint (strata_document_count_severity (self->document, STRATA_SEVERITY_ERROR), ==, 0);
  strata_document_undo (self->document);
  after = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  g_assert_cmpstr (before, ==, after);
}

static gboolean
has_no_group (gpointer data)
{
  return strata_document_get_groups (data)->len == 0;
}

static void
test_ungroup (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) inside = g_ptr_array_new ();
  g_autofree char *flat = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  StrataDocNode *dense = strata_document_find_node (self->document, "dense");

  g_ptr_array_add (inside, dense);
  g_assert_nonnull (strata_document_group (self->document, inside, "block", NULL));
  settle (50);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source)), flat, -1);
  wait_until (has_no_group, self->document, 10);
  g_assert_true (strata_document_find_node (self->document, "dense") == dense);
  g_assert_cmpuint (strata_document_get_nodes (self->document)->len, ==, 3);
}

/* What is muted is not in the code, and stays muted where it is when the code is edited. */
static void
test_muted (Fixture       *self,
            gconstpointer  data)
{
  StrataDocNode *dense = strata_document_find_node (self->document, "dense"), *dropout;
  g_autoptr (GPtrArray) wires = strata_document_dup_wires_of (self->document, dense, FALSE), muted = g_ptr_array_new ();
  g_autofree char *code = NULL;

  dropout = strata_document_insert_on_wire (self->document, g_ptr_array_index (wires, 0), "Dropout", NULL, NULL);
  g_assert_nonnull (dropout);
  g_ptr_array_add (muted, dropout);
  strata_document_mute (self->document, muted, TRUE);
  settle (50);
  code = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  g_assert_null (strstr (code, "Dropout"));
  replace (self, "units=16", "units=24");
  wait_until (has_units, self->document, 10);
  g_assert_true (strata_document_find_node (self->document, strata_doc_node_get_name (dropout)) == dropout);
  g_assert_true (strata_doc_node_get_muted (dropout));
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, 3);
}

static void
test_c (Fixture       *self,
        gconstpointer  data)
{
  GtkWidget *languages = find_type (self->view, GTK_TYPE_DROP_DOWN);
  g_autofree char *code = NULL;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (languages), 1);
  settle (50);
  code = strata_code_view_dup_text (STRATA_CODE_VIEW (self->view));
  g_assert_nonnull (strstr (code, "new_layer (\"Dense(units=16, activation='relu', name='dense')\", error)"));
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (self->source)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/code/view/typed", Fixture, NULL, set_up, test_typed, tear_down);
  g_test_add ("/code/view/mistake", Fixture, NULL, set_up, test_mistake, tear_down);
  g_test_add ("/code/view/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/code/view/group", Fixture, NULL, set_up, test_group, tear_down);
  g_test_add ("/code/view/ungroup", Fixture, NULL, set_up, test_ungroup, tear_down);
  g_test_add ("/code/view/muted", Fixture, NULL, set_up, test_muted, tear_down);
  g_test_add ("/code/view/c", Fixture, NULL, set_up, test_c, tear_down);
  return g_test_run ();
}
