/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The view of the data: sets that come along, tables of the user's, and what cannot be read. */
#include "../window/pointer.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "data-view/column-sharing.h"
#include "data-view/data-view.h"
#include "data-view/own-data.h"
#include "data-view/picture-form.h"
#include "data-view/source-button.h"
#include "data-view/table-form.h"
#include "document/file.h"
#include "runner/scout.h"

typedef struct
{
  StrataDocument *document;
  StrataRunner *runner;
  StrataDataView *view;
  GtkWidget *window;
} Fixture;

static void
show_view (Fixture *self)
{
  self->runner = strata_runner_new (self->document);
  self->view = STRATA_DATA_VIEW (strata_data_view_new (self->document, self->runner));
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
open_example (Fixture    *self,
              const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataExample) example = strata_example_load (name, &error);

  g_assert_no_error (error);
  self->document = strata_document_new_from_example (example, &error);
  g_assert_no_error (error);
  show_view (self);
}

static void
close_example (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle (20);
  g_object_unref (self->runner);
  g_object_unref (self->document);
}

static gboolean
has_data (gpointer view)
{
  return g_strcmp0 (strata_data_view_get_page (view), "data") == 0 && strata_data_view_get_n_samples (view) > 0;
}

static gboolean
has_problem (gpointer view)
{
  return g_strcmp0 (strata_data_view_get_page (view), "problem") == 0;
}

static void
test_bundled (void)
{
  static const struct
  {
    const char *example, *balance, *split;
    guint n_samples;
  } cases[] = {
    { "penguins", "Adelie: 121; Chinstrap: 51; Gentoo: 95",
      "To learn from: 267 (80\u00a0%); To test at the end: 66 (20\u00a0%)", 8 },
    { "spam", "ham: 997; spam: 1\u202f003",
      "To learn from: 2\u202f000 (80\u00a0%); To test at the end: 500 (20\u00a0%)", 8 },
    { "digits", "0: 5\u202f923; 1: 6\u202f742", "To watch it learn: 6\u202f000 (9\u00a0%)", 24 },
    { "weather", "5 to 10: ", "To learn from: 1\u202f158 (80\u00a0%)", 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;

      open_example (&fixture, cases[i].example);
      wait_until (has_data, fixture.view, 30);
      g_test_message ("%s; %s", strata_data_view_get_balance (fixture.view), strata_data_view_get_split (fixture.view));
      g_assert_nonnull (strstr (strata_data_view_get_balance (fixture.view), cases[i].balance));
      g_assert_nonnull (strstr (strata_data_view_get_split (fixture.view), cases[i].split));
      g_assert_cmpuint (strata_data_view_get_n_samples (fixture.view), ==, cases[i].n_samples);
      gtk_widget_activate_action (GTK_WIDGET (fixture.view), "data.shuffle", NULL);
      g_assert_cmpuint (strata_data_view_get_n_samples (fixture.view), ==, cases[i].n_samples);
      close_example (&fixture);
    }
}

static gboolean
is_iris (gpointer view)
{
  return has_data (view) && strstr (strata_data_view_get_balance (view), "setosa") != NULL;
}

/* Other data is chosen from a list, and undone as any edit. */
static void
test_choose (void)
{
  Fixture fixture;
  GtkDropDown *kinds;
  GListModel *titles;

  open_example (&fixture, "penguins");
  wait_until (has_data, fixture.view, 30);
  kinds = GTK_DROP_DOWN (find_type (GTK_WIDGET (fixture.view), GTK_TYPE_DROP_DOWN));
  titles = gtk_drop_down_get_model (kinds);
  for (guint i = 0; i < g_list_model_get_n_items (titles); i++)
    {
      g_autoptr (GtkStringObject) title = g_list_model_get_item (titles, i);

      if (g_str_equal (gtk_string_object_get_string (title), "Iris flowers"))
        gtk_drop_down_set_selected (kinds, i);
    }
  wait_until (is_iris, fixture.view, 30);
  strata_document_undo (fixture.document);
  wait_until (has_data, fixture.view, 30);
  g_assert_nonnull (strstr (strata_data_view_get_balance (fixture.view), "Adelie"));
  close_example (&fixture);
}

static gboolean
is_fruit (gpointer view)
{
  return has_data (view) && strstr (strata_data_view_get_balance (view), "apple: ") != NULL;
}

/* Of numbers there are ranges. */
static gboolean
has_ranges (gpointer view)
{
  return has_data (view) && strstr (strata_data_view_get_balance (view), " to ") != NULL;
}

/* By a real pointer: the list of data is opened and chosen from, others are shown by a click. */
static void
test_pointer (void)
{
  Fixture fixture;
  graphene_point_t point;
  GtkWidget *button;

  open_example (&fixture, "penguins");
  gtk_window_fullscreen (GTK_WINDOW (fixture.window));
  wait_until (has_data, fixture.view, 30);
  settle (80);
  point = middle_of (find_type (GTK_WIDGET (fixture.view), GTK_TYPE_DROP_DOWN), 0.5, 0.5);
  hand ("mousemove %d %d", (int) point.x, (int) point.y);
  settle (100);
  hand ("click 1");
  settle (80);
  /* The list has the one that is chosen at the pointer; those before it are reached by keys. */
  hand ("key Home");
  hand ("key Return");
  wait_until (has_ranges, fixture.view, 30);
  button = find_label (GTK_WIDGET (fixture.view), "Show others");
  point = middle_of (button, 0.5, 0.5);
  hand ("mousemove %d %d", (int) point.x, (int) point.y);
  settle (100);
  hand ("click 1");
  settle (80);
  g_assert_cmpuint (strata_data_view_get_n_samples (fixture.view), ==, 8);
  strata_document_undo (fixture.document);
  close_example (&fixture);
}

/* The last column of a table is what is predicted; what is no table is told, and the data stays. */
static void
test_table (void)
{
  Fixture fixture;
  g_autofree char *folder = g_dir_make_tmp ("strata-data-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "fruit.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) text = g_string_new ("weight,length,fruit\n");

  for (int i = 0; i < 10; i++)
    g_string_append_printf (text, "%d,%d,%s\n", 100 + i, 5 + i % 3, i % 2 ? "pear" : "apple");
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));

  open_example (&fixture, "iris");
  wait_until (has_data, fixture.view, 30);
  strata_source_button_open_file (STRATA_SOURCE_BUTTON (find_type (GTK_WIDGET (fixture.view),
                                                                   STRATA_TYPE_SOURCE_BUTTON)), file);
  wait_until (is_fruit, fixture.view, 30);
  g_assert_nonnull (find_label (GTK_WIDGET (fixture.view), "weight"));

  g_unlink (path);
  strata_document_undo (fixture.document);
  wait_until (is_iris, fixture.view, 30);
  strata_document_redo (fixture.document);
  wait_until (has_problem, fixture.view, 30);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "data.again", NULL);
  wait_until (is_fruit, fixture.view, 30);
  close_example (&fixture);
  g_unlink (path);
  g_rmdir (folder);
}

static GFile *
write_table (const char *text)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-data-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "table.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

static void
remove_table (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
  g_object_unref (file);
}

static const char *
get_setting (Fixture    *self,
             const char *member)
{
  JsonObject *data = json_node_get_object (strata_document_get_setting (self->document, "data"));

  return json_object_get_string_member_with_default (data, member, NULL);
}

static gboolean
is_text (gpointer fixture)
{
  return g_strcmp0 (get_setting (fixture, "kind"), "text") == 0 && has_data (((Fixture *) fixture)->view);
}

static gboolean
is_series (gpointer fixture)
{
  return g_strcmp0 (get_setting (fixture, "kind"), "series") == 0 && has_data (((Fixture *) fixture)->view);
}

static gboolean
is_rows (gpointer fixture)
{
  return g_strcmp0 (get_setting (fixture, "kind"), "csv") == 0;
}

/* Sentences make a table one of texts, with what stands beside them to be predicted; it may be read otherwise. */
static void
test_own_texts (void)
{
  Fixture fixture;
  GString *text = g_string_new ("mood,says\n");
  GFile *file;
  GtkWidget *form;

  for (int i = 0; i < 12; i++)
    g_string_append_printf (text, "%s,this is what they say today %d\n", i % 2 ? "glad" : "sad", i);
  file = write_table (text->str);
  g_string_free (text, TRUE);
  open_example (&fixture, "spam");
  wait_until (has_data, fixture.view, 30);
  strata_source_button_open_file (STRATA_SOURCE_BUTTON (find_type (GTK_WIDGET (fixture.view),
                                                                   STRATA_TYPE_SOURCE_BUTTON)), file);
  wait_until (is_text, &fixture, 30);
  g_assert_cmpstr (get_setting (&fixture, "text"), ==, "says");
  g_assert_cmpstr (get_setting (&fixture, "target"), ==, "mood");
  /* As long as the network takes them. */
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (strata_document_get_setting (fixture.document,
                                                                                                  "data")), "length"),
                   ==, 100);
  g_assert_nonnull (strstr (strata_data_view_get_balance (fixture.view), "glad: "));

  form = find_type (GTK_WIDGET (fixture.view), STRATA_TYPE_TABLE_FORM);
  g_assert_true (gtk_widget_get_visible (form));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_type (form, GTK_TYPE_DROP_DOWN)), 0);
  wait_until (is_rows, &fixture, 30);
  strata_document_undo (fixture.document);
  wait_until (is_text, &fixture, 30);
  close_example (&fixture);
  remove_table (file);
}

/* Days in order make it a series, to be predicted from as many rows as the network takes. */
static void
test_own_series (void)
{
  Fixture fixture;
  GString *text = g_string_new ("day,rain,heat\n");
  GFile *file;
  GtkWidget *window;

  for (int i = 0; i < 90; i++)
    g_string_append_printf (text, "2024-%02d-%02d,%d,%d\n", 1 + i / 28, 1 + i % 28, i % 7, 10 + i % 5);
  file = write_table (text->str);
  g_string_free (text, TRUE);
  open_example (&fixture, "iris");
  wait_until (has_data, fixture.view, 30);
  strata_source_button_open_file (STRATA_SOURCE_BUTTON (find_type (GTK_WIDGET (fixture.view),
                                                                   STRATA_TYPE_SOURCE_BUTTON)), file);
  wait_until (is_series, &fixture, 30);
  g_assert_cmpstr (get_setting (&fixture, "target"), ==, "heat");
  window = find_type (find_type (GTK_WIDGET (fixture.view), STRATA_TYPE_TABLE_FORM), GTK_TYPE_SPIN_BUTTON);
  g_assert_true (gtk_widget_get_mapped (window));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (window), 7);
  wait_until (is_series, &fixture, 30);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (strata_document_get_setting (fixture.document,
                                                                                                  "data")), "window"),
                   ==, 7);
  close_example (&fixture);
  remove_table (file);
}

static gboolean
is_shared (gpointer fixture)
{
  Fixture *self = fixture;
  JsonNode *data = strata_document_get_setting (self->document, "data");

  return data != NULL && has_data (self->view) &&
         json_object_has_member (json_node_get_object (data), "features");
}

static void
assert_lists (Fixture    *self,
              const char *member,
              const char *expected)
{
  JsonObject *data = json_node_get_object (strata_document_get_setting (self->document, "data"));
  g_autofree char *text = json_to_string (json_object_get_member (data, member), FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static StrataDocument *
make_two_ended (void)
{
  g_autoptr (GError) error = NULL;
  StrataDocument *document = strata_document_new ();
  static const char *const classes[] = { "InputLayer", "InputLayer", "Concatenate", "Dense", "Dense" };
  static const char *const shapes[] = { "[null, 2]", "[null, 3]" };
  StrataDocNode *nodes[G_N_ELEMENTS (classes)];

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      nodes[i] = strata_document_add_node (document, classes[i], NULL, 0, 100 * i, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (JsonNode) shape = json_from_string (shapes[i], NULL);

      strata_document_set_param (document, nodes[i], "batch_shape", shape, &error);
      g_assert_no_error (error);
      strata_document_connect (document, nodes[i], 0, nodes[2], 0, &error);
      g_assert_no_error (error);
      strata_document_connect (document, nodes[2], 0, nodes[3 + i], 0, &error);
      g_assert_no_error (error);
    }
  return document;
}

static const StrataDiagnostic *
find_diagnostic (StrataDocument *document,
                 const char     *check)
{
  const GPtrArray *diagnostics = strata_document_get_diagnostics (document);

  for (guint i = 0; i < diagnostics->len; i++)
    if (g_strcmp0 (strata_diagnostic_get_check (g_ptr_array_index (diagnostics, i)), check) == 0)
      return g_ptr_array_index (diagnostics, i);
  return NULL;
}

static gboolean
is_split (gpointer document)
{
  return find_diagnostic (document, "inputs-and-data") != NULL;
}

/* With one input left, all columns can go into it, and which do can still be chosen. */
static void
go_back_to_one (Fixture             *self,
                StrataColumnSharing *sharing)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  g_autoptr (StrataDiagnostic) diagnostic = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (nodes, g_ptr_array_index (strata_document_get_nodes (self->document), 1));
  strata_document_remove_nodes (self->document, nodes);
  wait_until (is_split, self->document, 30);
  diagnostic = strata_diagnostic_ref ((StrataDiagnostic *) find_diagnostic (self->document, "inputs-and-data"));
  g_assert_true (strata_diagnostic_apply_fix (diagnostic, self->document, &error));
  g_assert_no_error (error);
  assert_lists (self, "features", "[\"a\",\"b\",\"c\",\"d\",\"e\"]");
  wait_until (has_data, self->view, 30);
  g_assert_nonnull (find_label (GTK_WIDGET (self->view), "From:"));
  strata_column_picker_toggle (strata_column_sharing_get_picker (sharing, FALSE, 0), "c");
  assert_lists (self, "features", "[\"a\",\"b\",\"d\",\"e\"]");
}

/* Columns are shared out as the inputs are wide, then as the user says; what is predicted goes into no input, and each
 * step is undone. */
static void
test_several (void)
{
  Fixture fixture;
  GString *text = g_string_new ("a,b,c,d,e,kind,price\n");
  StrataColumnSharing *sharing;
  GFile *file;

  for (int i = 0; i < 40; i++)
    g_string_append_printf (text, "%d,%d,%d,%d,%d,%s,%d\n", i, i % 3, i % 7, i % 5, i % 2, i % 2 ? "odd" : "even",
                            i % 11);
  file = write_table (text->str);
  g_string_free (text, TRUE);
  fixture.document = make_two_ended ();
  show_view (&fixture);
  strata_data_view_open (fixture.view, file);
  wait_until (is_shared, &fixture, 30);
  assert_lists (&fixture, "features", "[[\"a\",\"b\"],[\"c\",\"d\",\"e\"]]");
  assert_lists (&fixture, "target", "[[\"kind\"],[\"price\"]]");
  g_assert_cmpuint (strata_data_view_get_n_samples (fixture.view), ==, 8);
  g_assert_nonnull (find_label (GTK_WIDGET (fixture.view), "e"));
  g_assert_nonnull (strstr (strata_data_view_get_balance (fixture.view), "even: 16; odd: 16\n"));

  sharing = STRATA_COLUMN_SHARING (find_type (GTK_WIDGET (fixture.view), STRATA_TYPE_COLUMN_SHARING));
  strata_column_picker_toggle (strata_column_sharing_get_picker (sharing, FALSE, 1), "a");
  assert_lists (&fixture, "features", "[[\"a\",\"b\"],[\"a\",\"c\",\"d\",\"e\"]]");
  strata_column_picker_toggle (strata_column_sharing_get_picker (sharing, TRUE, 1), "c");
  assert_lists (&fixture, "target", "[[\"kind\"],[\"c\",\"price\"]]");
  assert_lists (&fixture, "features", "[[\"a\",\"b\"],[\"a\",\"d\",\"e\"]]");
  strata_document_undo (fixture.document);
  assert_lists (&fixture, "features", "[[\"a\",\"b\"],[\"a\",\"c\",\"d\",\"e\"]]");
  /* The last one of an input stays. */
  strata_column_picker_toggle (strata_column_sharing_get_picker (sharing, TRUE, 0), "kind");
  assert_lists (&fixture, "target", "[[\"kind\"],[\"price\"]]");
  go_back_to_one (&fixture, sharing);
  close_example (&fixture);
  remove_table (file);
}

static gboolean
has_starter (gpointer view)
{
  return find_label (view, "Begin with a network") != NULL;
}

static gboolean
has_no_starter (gpointer view)
{
  return !has_starter (view);
}

static gboolean
has_pictures (gpointer view)
{
  return has_data (view) && strstr (strata_data_view_get_balance (view), "many: 3") != NULL &&
         strata_data_view_get_n_samples (view) == 4;
}

static gboolean
has_wide_pictures (gpointer fixture)
{
  const StrataDataFacts *facts = strata_document_get_data_facts (((Fixture *) fixture)->document);

  return facts != NULL && facts->input.shape.rank == 3 && facts->input.shape.dims[1] == 40;
}

static void
remove_network (StrataDocument *document)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  for (guint i = 0; i < strata_document_get_nodes (document)->len; i++)
    g_ptr_array_add (nodes, g_ptr_array_index (strata_document_get_nodes (document), i));
  strata_document_remove_nodes (document, nodes);
}

/* A folder with one of pictures for each class is as large as the network takes them, or as is said here; where there
 * is no network, there is a way to one. */
static void
test_own_pictures (void)
{
  Fixture fixture;
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "images", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (StrataScout) scout = NULL;
  GtkWidget *form;
  JsonObject *data;

  open_example (&fixture, "digits");
  scout = strata_scout_new (fixture.document);
  wait_until (has_data, fixture.view, 30);
  g_assert_true (strata_own_data_is (folder));
  g_assert_cmpstr (strata_own_data_guess_kind ("/nowhere"), ==, "image-folder");
  strata_data_view_open (fixture.view, folder);
  data = json_node_get_object (strata_document_get_setting (fixture.document, "data"));
  g_assert_cmpstr (get_setting (&fixture, "kind"), ==, "image-folder");
  g_assert_cmpstr (get_setting (&fixture, "color_mode"), ==, "grayscale");
  g_assert_cmpint (json_array_get_int_element (json_object_get_array_member (data, "image_size"), 0), ==, 28);
  form = find_type (GTK_WIDGET (fixture.view), STRATA_TYPE_PICTURE_FORM);
  wait_until (has_data, fixture.view, 30);
  g_assert_true (gtk_widget_get_mapped (form));
  g_assert_false (has_starter (fixture.view));

  /* The first spin button is the width. */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_type (form, GTK_TYPE_SPIN_BUTTON)), 40);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (strata_picture_form_get_test (STRATA_PICTURE_FORM (form))), 0);
  wait_until (has_pictures, fixture.view, 30);
  wait_until (has_wide_pictures, &fixture, 30);
  remove_network (fixture.document);
  wait_until (has_starter, fixture.view, 30);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "data.begin", NULL);
  g_assert_nonnull (strata_document_find_node (fixture.document, "conv2d"));
  wait_until (has_no_starter, fixture.view, 30);
  close_example (&fixture);
}

/* Pictures that are all gray are read so, where no network wants them otherwise. */
static void
test_gray (void)
{
  g_autofree char *golden = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "images", NULL);
  g_autofree char *source = g_build_filename (golden, "gray", NULL);
  g_autofree char *folder = g_dir_make_tmp ("strata-gray-XXXXXX", NULL);
  g_autofree char *class = g_build_filename (folder, "class", NULL);

  g_assert_false (strata_own_data_are_gray (golden));
  g_assert_false (strata_own_data_are_gray (folder));
  g_assert_cmpint (symlink (source, class), ==, 0);
  g_assert_true (strata_own_data_are_gray (folder));
  g_assert_cmpint (g_unlink (class), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/data/bundled", test_bundled);
  g_test_add_func ("/data/choose", test_choose);
  g_test_add_func ("/data/table", test_table);
  g_test_add_func ("/data/own-texts", test_own_texts);
  g_test_add_func ("/data/own-series", test_own_series);
  g_test_add_func ("/data/several", test_several);
  g_test_add_func ("/data/own-pictures", test_own_pictures);
  g_test_add_func ("/data/gray", test_gray);
  g_test_add_func ("/data/pointer", test_pointer);
  return g_test_run ();
}
