/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The app as a person has it: a window on an example, a layer dragged in from
 * the palette and wired with the pointer, training to the end, a file saved and
 * opened again. */
#include <unistd.h>

#include "app-window.h"

static StrataDocNode *
find_node (Fixture    *self,
           const char *name)
{
  const GPtrArray *nodes = strata_document_get_nodes (self->document);

  for (guint i = 0; i < nodes->len; i++)
    if (g_str_equal (strata_layer_get_name (strata_doc_node_get_layer (g_ptr_array_index (nodes, i))), name))
      return g_ptr_array_index (nodes, i);
  return NULL;
}

static void
test_drag (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *row = find_label (GTK_WIDGET (self->window), "Dense");
  const GPtrArray *nodes = strata_document_get_nodes (self->document);
  guint n = nodes->len, wires = strata_document_get_wires (self->document)->len;
  graphene_point_t target;
  StrataDocNode *last, *fresh;

  g_assert_nonnull (row);
  target = middle_of (GTK_WIDGET (self->canvas), 0.8, 0.35);
  drag (middle_of (row, 0.5, 0.5), target);
  g_assert_cmpuint (nodes->len, ==, n + 1);
  fresh = g_ptr_array_index (nodes, n);
  g_assert_cmpstr (strata_object_get_class_name (STRATA_OBJECT (strata_doc_node_get_layer (fresh))), ==, "Dense");

  last = find_node (self, "species");
  g_assert_nonnull (last);
  drag (middle_of (GTK_WIDGET (strata_canvas_get_card (self->canvas, last)), 0.5, 1.0),
        middle_of (GTK_WIDGET (strata_canvas_get_card (self->canvas, fresh)), 0.5, 0.0));
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, wires + 1);

  strata_document_undo (self->document);
  strata_document_undo (self->document);
  g_assert_cmpuint (nodes->len, ==, n);
  g_assert_cmpuint (strata_document_get_wires (self->document)->len, ==, wires);
}

static void
note_frame (GdkFrameClock *clock,
            gint64        *last)
{
  *last = g_get_monotonic_time ();
}

static gboolean
is_still (gpointer data)
{
  return g_get_monotonic_time () - *(gint64 *) data > G_USEC_PER_SEC / 4;
}

/* A window in which nothing happens draws nothing, and lets the processor sleep. */
static void
test_still (Fixture       *self,
            gconstpointer  data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  gint64 last = g_get_monotonic_time ();

  g_signal_connect (clock, "layout", G_CALLBACK (note_frame), &last);
  wait_until (is_still, &last, 20);
  g_signal_handlers_disconnect_by_data (clock, &last);
}

static gboolean
has_ended (gpointer data)
{
  return !strata_runner_is_active (data);
}

static void
test_train (Fixture       *self,
            gconstpointer  data)
{
  StrataRunner *runner = strata_window_get_runner (self->window);
  double accuracy = 0;

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.train", NULL);
  g_assert_true (strata_runner_is_active (runner));
  wait_until (has_ended, runner, 50);
  g_assert_cmpint (strata_runner_get_state (runner), ==, STRATA_RUNNER_FINISHED);
  g_assert_true (strata_runner_get_value (runner, "accuracy", &accuracy));
  g_assert_cmpfloat (accuracy, >, 0.8);
  g_assert_nonnull (strata_runner_get_run (runner));
}

static void
test_stop (Fixture       *self,
           gconstpointer  data)
{
  StrataRunner *runner = strata_window_get_runner (self->window);

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.train", NULL);
  settle (20);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.train", NULL);
  wait_until (has_ended, runner, 50);
  g_assert_cmpint (strata_runner_get_state (runner), ==, STRATA_RUNNER_FINISHED);
}

typedef struct
{
  gboolean done;
  StrataDocument *document;
} Loaded;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GError) error = NULL;
  gboolean is_draft = TRUE;

  strata_document_save_finish (STRATA_DOCUMENT (source), result, &is_draft, &error);
  g_assert_no_error (error);
  g_assert_false (is_draft);
  ((Loaded *) data)->done = TRUE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  Loaded *loaded = data;

  loaded->document = strata_document_load_finish (result, &error);
  g_assert_no_error (error);
  loaded->done = TRUE;
}

static void
test_save (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-XXXXXX", NULL), *path = g_build_filename (folder, "a.keras", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Loaded saved = { 0 }, loaded = { 0 };

  strata_document_save_async (self->document, file, saved_cb, &saved);
  wait_until (is_set, &saved.done, 20);
  strata_document_load_async (file, NULL, loaded_cb, &loaded);
  wait_until (is_set, &loaded.done, 20);
  g_assert_cmpuint (strata_document_get_nodes (loaded.document)->len, ==,
                    strata_document_get_nodes (self->document)->len);
  g_assert_cmpuint (strata_document_get_wires (loaded.document)->len, ==,
                    strata_document_get_wires (self->document)->len);
  g_object_unref (loaded.document);
  g_file_delete (file, NULL, NULL);
  g_assert_cmpint (rmdir (folder), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, "iris", set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  start_application ();
  ADD ("/window/still", test_still);
  ADD ("/window/train", test_train);
  ADD ("/window/stop", test_stop);
  ADD ("/window/save", test_save);
  ADD ("/window/drag", test_drag);
  return g_test_run ();
}
