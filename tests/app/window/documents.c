/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Documents in windows, by hand: files that other programs change or that cannot be written, layers that go from window
 * to window and from program to program, files that are dropped, and those that were opened lately. */
#include "pointer.h"

#include <glib/gstdio.h>

#include "canvas/canvas-private.h"
#include "canvas/selection.h"
#include "document/file.h"
#include "window/recent.h"
#include "window/window.h"

static GtkApplication *application;
/* What the action app.open-uri was told last. */
static char *opened;

typedef struct
{
  char *folder;
  GFile *file;
} Fixture;

static void
open_uri_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_free (opened);
  opened = g_variant_dup_string (parameter, NULL);
}

static StrataDocument *
new_document (guint units)
{
  StrataDocument *document = strata_document_new_usual ();
  g_autoptr (JsonObject) config = json_object_new ();
  StrataDocNode *input = strata_document_add_node (document, "InputLayer", NULL, 0, 0, NULL), *flatten, *dense;

  json_object_set_int_member (config, "units", units);
  flatten = strata_document_add_node (document, "Flatten", NULL, 0, 144, NULL);
  dense = strata_document_add_node (document, "Dense", config, 0, 288, NULL);
  strata_document_connect (document, input, 0, flatten, 0, NULL);
  strata_document_connect (document, flatten, 0, dense, 0, NULL);
  return document;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_draft;

  g_assert_true (strata_document_save_finish (STRATA_DOCUMENT (source), result, &is_draft, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
save (StrataDocument *document,
      GFile          *file)
{
  gboolean done = FALSE;

  strata_document_save_async (document, file, saved_cb, &done);
  wait_until (is_set, &done, 20);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("strata-documents-XXXXXX", NULL);
  path = g_build_filename (self->folder, "net.keras", NULL);
  self->file = g_file_new_for_path (path);
}

static void
close_all (void)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_destroy (l->data);
  settle (50);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  close_all ();
  g_file_delete (self->file, NULL, NULL);
  g_rmdir (self->folder);
  g_object_unref (self->file);
  g_free (self->folder);
}

static gboolean
is_ready (gpointer window)
{
  return gtk_widget_get_mapped (window) && gtk_widget_get_width (window) > 1000 && gtk_window_is_active (window);
}

static StrataWindow *
open_window (StrataDocument *document)
{
  g_autoptr (GSettings) settings = g_settings_new ("app.strata.Strata");
  StrataWindow *window = strata_window_new (application, settings);

  if (document != NULL)
    strata_window_set_document (window, document);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  wait_until (is_ready, window, 20);
  settle (400);
  return window;
}

/* The window in which a text is seen, and the label that has it. */
typedef struct
{
  const char *text;
  GtkWidget *label;
} Sought;

static gboolean
is_seen (gpointer data)
{
  Sought *sought = data;
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  sought->label = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (windows) && sought->label == NULL; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      sought->label = find_label (window, sought->text);
    }
  return sought->label != NULL;
}

static GtkWidget *
wait_for_text (const char *text)
{
  Sought sought = { text, NULL };

  g_test_message ("waits for “%s”", text);
  wait_until (is_seen, &sought, 20);
  return sought.label;
}

/* What a dialog asks is answered by its mnemonic, whatever place it has on the screen. */
static void
answer (const char *keys)
{
  settle (400);
  hand ("key %s", keys);
  settle (400);
}

static gint64
get_units (StrataDocument *document)
{
  const GPtrArray *nodes = strata_document_get_nodes (document);
  g_autoptr (JsonNode) units = NULL;

  units = strata_object_get_param (STRATA_OBJECT (strata_doc_node_get_layer (g_ptr_array_index (nodes, 2))), "units");
  return json_node_get_int (units);
}

static void
change_file (Fixture *self)
{
  g_autoptr (StrataDocument) other = new_document (20);

  save (other, self->file);
}

static gboolean
shows_other (gpointer data)
{
  GList *windows = gtk_application_get_windows (application);

  return windows != NULL && windows->next == NULL && STRATA_IS_WINDOW (windows->data) &&
         strata_window_get_document (windows->data) != NULL &&
         get_units (strata_window_get_document (windows->data)) == 20;
}

/* The banner says that the file is another; its button opens it as it is now, after asking where something would be
 * lost. */
static void
test_changed (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (StrataDocument) document = new_document (10);
  StrataWindow *window;
  GtkWidget *button;

  save (document, self->file);
  window = open_window (document);
  strata_document_add_node (document, "Dropout", NULL, 300, 0, NULL);
  change_file (self);
  g_assert_nonnull (wait_for_text ("Another program has changed the file of “net”."));
  button = gtk_widget_get_ancestor (find_label (GTK_WIDGET (window), "Open Again"), GTK_TYPE_BUTTON);
  settle (400); /* it slides in */
  click_widget (button);
  g_assert_nonnull (wait_for_text ("Open the file again?"));
  answer ("Escape");
  g_assert_cmpint (get_units (document), ==, 10);
  settle (400);
  click_widget (button);
  wait_for_text ("Open the file again?");
  answer ("alt+o");
  wait_until (shows_other, NULL, 20);
}

static gboolean
is_current (gpointer document)
{
  return !strata_document_is_outdated (document);
}

/* Saving over what another program wrote asks first. */
static void
test_replace (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (StrataDocument) document = new_document (10);
  StrataWindow *window;

  save (document, self->file);
  window = open_window (document);
  change_file (self);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  g_assert_nonnull (wait_for_text ("Replace the file?"));
  answer ("alt+r");
  wait_until (is_current, document, 20);
  g_assert_nonnull (wait_for_text ("Saved"));
}

/* A save that fails says so and why; what was changed stays changed. */
static void
test_failure (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (StrataDocument) document = new_document (10);
  g_autofree char *gone = g_strconcat (self->folder, "-gone", NULL);
  StrataWindow *window;

  save (document, self->file);
  window = open_window (document);
  strata_document_add_node (document, "Dropout", NULL, 300, 0, NULL);
  g_assert_cmpint (g_rename (self->folder, gone), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.save", NULL);
  g_assert_nonnull (wait_for_text ("The network could not be saved"));
  g_assert_nonnull (wait_for_text ("Save As…"));
  answer ("Escape");
  g_assert_true (strata_document_get_modified (document));
  g_assert_cmpint (g_rename (gone, self->folder), ==, 0);
}

static StrataCanvas *
get_canvas (StrataWindow *window)
{
  return STRATA_CANVAS (find_type (GTK_WIDGET (window), STRATA_TYPE_CANVAS));
}

typedef struct
{
  StrataDocument *document;
  guint n;
} Expected;

static gboolean
has_nodes (gpointer data)
{
  Expected *expected = data;

  return strata_document_get_nodes (expected->document)->len == expected->n;
}

static void
select_all (StrataDocument *document)
{
  g_autoptr (StrataSelection) selection = strata_selection_get (document);
  const GPtrArray *nodes = strata_document_get_nodes (document);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < nodes->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (nodes, i));
  strata_selection_set_nodes (selection, all);
}

/* Layers are copied in one window and pasted in another, by keys. */
static void
test_windows (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (StrataDocument) from = new_document (10), to = strata_document_new_usual ();
  StrataWindow *source = open_window (from), *target;
  Expected expected = { to, strata_document_get_nodes (to)->len + 3 };

  select_all (from);
  gtk_widget_grab_focus (GTK_WIDGET (get_canvas (source)));
  settle (400);
  hand ("key ctrl+c");
  settle (400);
  target = open_window (to);
  gtk_widget_grab_focus (GTK_WIDGET (get_canvas (target)));
  settle (400);
  hand ("key ctrl+v");
  wait_until (has_nodes, &expected, 20);
  g_assert_cmpuint (strata_document_get_wires (to)->len, ==, 2);
  strata_document_undo (to);
  g_assert_cmpuint (strata_document_get_nodes (to)->len, ==, expected.n - 3);
}

/* Another program has the clipboard: what it offers is text, as JSON, and taken if it is layers. */
static void
test_programs (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (StrataDocument) document = new_document (10);
  g_autoptr (GSubprocess) other = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  Expected expected = { document, 6 };
  StrataWindow *window;

  other = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_get_prgname (),
                            "--copy", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (other));
  do
    {
      g_free (line);
      line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (line);
    }
  while (!g_str_equal (line, "copied"));
  window = open_window (document);
  gtk_widget_grab_focus (GTK_WIDGET (get_canvas (window)));
  settle (400);
  hand ("key ctrl+v");
  wait_until (has_nodes, &expected, 20);
  g_assert_cmpuint (strata_document_get_wires (document)->len, ==, 4);
  g_subprocess_force_exit (other);
}

/* The other program: copies its layers and waits until it is ended. */
static int
copy_and_wait (void)
{
  g_autoptr (StrataDocument) document = new_document (30);
  StrataWindow *window = open_window (document);

  select_all (document);
  gtk_widget_activate_action (GTK_WIDGET (get_canvas (window)), "canvas.copy", NULL);
  settle (400);
  g_print ("copied\n");
  for (;;)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            GFile         *file)
{
  GSList list = { file, NULL };

  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, &list);
}

static gboolean
has_opened (gpointer data)
{
  g_autofree char *uri = g_file_get_uri (data);

  return g_strcmp0 (opened, uri) == 0;
}

/* Drags a file as from a file manager, and lets it go over the canvas. */
static void
drop (StrataWindow *window,
      GFile        *file)
{
  GtkWidget *files = gtk_window_new (), *label = gtk_label_new ("file");
  GtkDragSource *source = gtk_drag_source_new ();
  graphene_point_t to = middle_of (GTK_WIDGET (get_canvas (window)), 0.5, 0.5);

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), file);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_child (GTK_WINDOW (files), label);
  gtk_window_set_decorated (GTK_WINDOW (files), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (files), 200, 100);
  gtk_window_set_title (GTK_WINDOW (files), "strata-test-files");
  gtk_window_present (GTK_WINDOW (files));
  settle (400);
  hand ("search --name strata-test-files windowmove 40 60");
  settle (400);
  drag (GRAPHENE_POINT_INIT (140, 110), to);
  gtk_window_destroy (GTK_WINDOW (files));
}

static void
test_drop (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (StrataDocument) document = new_document (10);
  StrataWindow *window = open_window (document);

  g_clear_pointer (&opened, g_free);
  drop (window, self->file);
  wait_until (has_opened, self->file, 20);
}

static gboolean
has_table (gpointer document)
{
  JsonNode *setting = strata_document_get_setting (document, "data");

  return setting != NULL && JSON_NODE_HOLDS_OBJECT (setting) &&
         g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (setting), "target", NULL),
                    "fruit") == 0;
}

/* A table that is dropped is what the network is to learn from. */
static void
test_drop_table (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (StrataDocument) document = new_document (10);
  g_autofree char *path = g_build_filename (self->folder, "fruit.csv", NULL);
  g_autoptr (GFile) table = g_file_new_for_path (path);
  StrataWindow *window;

  g_assert_true (g_file_set_contents (path, "weight,fruit\n1,apple\n2,pear\n3,apple\n4,pear\n5,pear\n", -1, NULL));
  window = open_window (document);
  drop (window, table);
  wait_until (has_table, document, 20);
  g_assert_nonnull (wait_for_text ("Samples of each class"));
  g_unlink (path);
}

static gboolean
is_listed (gpointer data)
{
  g_autoptr (GPtrArray) infos = strata_recent_dup_infos (10);
  g_autofree char *uri = g_file_get_uri (data);

  for (guint i = 0; i < infos->len; i++)
    if (g_str_equal (gtk_recent_info_get_uri (g_ptr_array_index (infos, i)), uri))
      return TRUE;
  return FALSE;
}

/* What was opened lately is on the first page, and a click opens it again; what is gone is not listed. */
static void
test_recent (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (StrataDocument) document = new_document (10);
  g_autoptr (GFile) folder = g_file_get_parent (self->file), table = g_file_get_child (folder, "table.csv");
  GtkWidget *label;

  save (document, self->file);
  g_assert_true (g_file_replace_contents (table, "a\n1\n", 4, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL));
  strata_recent_add (table);
  strata_recent_add (self->file);
  wait_until (is_listed, self->file, 20);
  open_window (NULL);
  label = wait_for_text ("net.keras");
  gtk_widget_grab_focus (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  settle (400);
  g_clear_pointer (&opened, g_free);
  hand ("key Return");
  wait_until (has_opened, self->file, 20);
  /* Data that a chooser has opened is no network. */
  g_assert_false (is_listed (table));
  g_file_delete (table, NULL, NULL);
  g_file_delete (self->file, NULL, NULL);
  g_assert_false (is_listed (self->file));
}

int
main (int    argc,
      char **argv)
{
  static const GActionEntry actions[] = { { "open-uri", open_uri_cb, "s" } };
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_canonicalize_filename (argv[0], NULL);

  g_test_init (&argc, &argv, NULL);
  g_set_prgname (program);
  application = GTK_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  if (argc > 1 && g_str_equal (argv[1], "--copy"))
    return copy_and_wait ();
#define ADD(path, func) g_test_add ("/documents/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("changed", test_changed);
  ADD ("replace", test_replace);
  ADD ("failure", test_failure);
  ADD ("windows", test_windows);
  ADD ("programs", test_programs);
  ADD ("drop", test_drop);
  ADD ("drop-table", test_drop_table);
  ADD ("recent", test_recent);
  return g_test_run ();
}
