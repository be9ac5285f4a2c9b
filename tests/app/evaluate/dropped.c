/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A picture that is dragged from another program and dropped where networks are tried is a question to the network. */
#include "../window/app-window.h"

#include "data/data-source.h"
#include "document/starter.h"
#include "evaluate/evaluate-view.h"
#include "evaluate/own-input.h"

#define SOURCE_TITLE "A file to drag"

static char *program;

/* The other program: a window whose whole content is a file to drag. */
static int
offer_file (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GdkFileList *files = gdk_file_list_new_from_array (&file, 1);
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
  GtkDragSource *source = gtk_drag_source_new ();
  GtkWidget *window, *label;

  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  gtk_init ();
  window = gtk_window_new ();
  label = gtk_label_new (path);
  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_title (GTK_WINDOW (window), SOURCE_TITLE);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 200);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}

static gboolean
has_ended (gpointer runner)
{
  return !strata_runner_is_active (runner);
}

static gboolean
has_classes (gpointer view)
{
  return g_strcmp0 (strata_evaluate_view_get_page (view), "classes") == 0;
}

static gboolean
has_answer (gpointer input)
{
  return g_str_has_prefix (strata_own_input_get_answer (input), "It says");
}

static StrataDocument *
make_document (const char *folder)
{
  g_autofree char *text = g_strdup_printf ("{\"kind\": \"image-folder\", \"path\": \"%s\", "
                                           "\"image_size\": [20, 20], \"test\": 0}", folder);
  g_autoptr (JsonNode) data = json_from_string (text, NULL), fit = json_from_string ("{\"epochs\": 1}", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDataSet) set = strata_data_source_load_text (text, NULL, &error);
  g_autoptr (StrataDataFacts) facts = NULL;
  StrataDocument *document = strata_document_new_usual ();

  g_assert_no_error (error);
  facts = strata_data_facts_new (set, &error);
  g_assert_no_error (error);
  strata_document_set_setting (document, "data", data);
  strata_document_set_data_facts (document, data, facts);
  g_assert_true (strata_starter_build (document, &error));
  g_assert_no_error (error);
  strata_document_set_setting (document, "fit", fit);
  return document;
}

/* Its window, in the corner and above the other. */
static GSubprocess *
start_source (const char *path)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *source = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--offer", path, NULL);

  g_assert_no_error (error);
  hand ("search --sync --onlyvisible --name %s windowmove 20 40 windowactivate --sync", "file.to.drag");
  settle (300);
  return source;
}

static void
test_dropped (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "golden", "images", NULL);
  g_autofree char *path = g_build_filename (folder, "many", "tall.png", NULL);
  g_autoptr (StrataDocument) document = make_document (folder);
  g_autoptr (GSettings) settings = g_settings_new ("app.strata.Strata");
  StrataWindow *window = strata_window_new (application, settings);
  g_autoptr (GSubprocess) source = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *view, *own;

  strata_window_set_document (window, document);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  wait_until (is_mapped, window, 20);
  strata_runner_start (strata_window_get_runner (window), &error);
  g_assert_no_error (error);
  wait_until (has_ended, strata_window_get_runner (window), 50);
  strata_window_show_view (window, "evaluate");
  view = find_type (GTK_WIDGET (window), STRATA_TYPE_EVALUATE_VIEW);
  wait_until (has_classes, view, 50);
  own = find_type (view, STRATA_TYPE_OWN_INPUT);
  g_assert_false (has_answer (own));

  source = start_source (path);
  drag (GRAPHENE_POINT_INIT (150, 150), middle_of (own, 0.5, 0.5));
  wait_until (has_answer, own, 20);
  g_subprocess_force_exit (source);
  gtk_window_destroy (GTK_WINDOW (window));
  settle (50);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--offer"))
    return offer_file (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  start_application ();
  g_test_add_func ("/evaluate/dropped", test_dropped);
  return g_test_run ();
}
