/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file opens as it was last looked at, on this computer; looking at it is no change of it. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "../document/file-check.h"
#include "../widgets.h"
#include "document/group.h"
#include "views/design-view.h"
#include "views/view-memory.h"

typedef struct
{
  StrataDocument *document;
  StrataDesignView *view;
  StrataCanvas *canvas;
  GtkWidget *window;
} Shown;

static void
show (Shown      *self,
      const char *path)
{
  g_autoptr (GError) error = NULL;

  self->document = load (path, &error);
  g_assert_no_error (error);
  self->view = STRATA_DESIGN_VIEW (strata_design_view_new (self->document));
  self->canvas = strata_design_view_get_canvas (self->view);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  while (gtk_widget_get_width (GTK_WIDGET (self->canvas)) == 0)
    g_main_context_iteration (NULL, TRUE);
  spin ();
}

static void
hide (Shown *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  spin ();
  g_object_unref (self->document);
}

static char *
new_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-memory-XXXXXX", NULL);
  char *path = g_build_filename (folder, "network.keras", NULL);
  g_autoptr (StrataExample) example = strata_example_load ("digits", NULL);
  g_autoptr (StrataDocument) document = strata_document_new_from_example (example, NULL);

  save (document, path);
  return path;
}

static void
remove_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_place (void)
{
  g_autofree char *path = new_file ();
  graphene_point_t before, after;
  gboolean palette, overview;
  double fitted;
  Shown shown;

  show (&shown, path);
  fitted = strata_canvas_get_zoom (shown.canvas);
  strata_canvas_set_zoom (shown.canvas, 1.5);
  strata_canvas_center_on (shown.canvas, 100, 250);
  g_object_set (shown.view, "show-palette", FALSE, "show-overview", TRUE, NULL);
  /* What slides out of sight leaves more room. */
  g_usleep (400000);
  spin ();
  strata_canvas_get_middle (shown.canvas, &before);
  g_assert_false (strata_document_get_modified (shown.document));
  hide (&shown);

  show (&shown, path);
  strata_canvas_get_middle (shown.canvas, &after);
  g_object_get (shown.view, "show-palette", &palette, "show-overview", &overview, NULL);
  g_assert_cmpfloat_with_epsilon (strata_canvas_get_zoom (shown.canvas), 1.5, 1e-6);
  g_assert_cmpfloat (fitted, <, 1.4);
  g_assert_cmpfloat_with_epsilon (after.x, before.x, 90);
  g_assert_cmpfloat_with_epsilon (after.y, before.y, 2);
  g_assert_false (palette);
  g_assert_true (overview);
  g_assert_false (strata_document_get_modified (shown.document));
  hide (&shown);
  remove_file (path);
}

/* The group that was looked into is looked into again. */
static void
test_scope (void)
{
  g_autofree char *path = new_file ();
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  StrataDocNode *group;
  Shown shown;

  show (&shown, path);
  g_assert_null (strata_canvas_get_scope (shown.canvas));
  for (guint i = 1; i < 4; i++)
    g_ptr_array_add (some, g_ptr_array_index (strata_document_get_nodes (shown.document), i));
  group = strata_document_group (shown.document, some, "features", NULL);
  save (shown.document, path);
  strata_canvas_set_scope (shown.canvas, group);
  hide (&shown);

  show (&shown, path);
  g_assert_nonnull (strata_canvas_get_scope (shown.canvas));
  g_assert_cmpstr (strata_doc_node_get_name (strata_canvas_get_scope (shown.canvas)), ==, "features");
  hide (&shown);
  remove_file (path);
}

/* Where nothing would be seen any more, all is shown. */
static void
test_elsewhere (void)
{
  g_autofree char *path = new_file ();
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JsonObject) memory = json_object_new ();
  Shown shown;

  json_object_set_double_member (memory, "zoom", 2);
  json_object_set_double_member (memory, "x", 1e6);
  json_object_set_int_member (memory, "group", -7);
  strata_view_memory_keep (file, memory);
  show (&shown, path);
  g_assert_cmpfloat (strata_canvas_get_zoom (shown.canvas), <, 1.4);
  hide (&shown);
  remove_file (path);
}

/* Only so many are remembered, and what is no memory is none. */
static void
test_many (void)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "strata", "views.json", NULL);
  g_autoptr (JsonObject) memory = json_object_new (), known = NULL;

  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *address = g_strdup_printf ("file:///network-%u.keras", i);
      g_autoptr (GFile) file = g_file_new_for_uri (address);
      g_autoptr (JsonObject) recalled = NULL;

      strata_view_memory_keep (file, memory);
      recalled = strata_view_memory_recall (file);
      g_assert_nonnull (recalled);
    }
  {
    g_autoptr (GFile) first = g_file_new_for_uri ("file:///network-0.keras");
    g_autoptr (GFile) last = g_file_new_for_uri ("file:///network-129.keras");

    g_assert_null (strata_view_memory_recall (first));
    g_assert_true (g_file_set_contents (path, "[1, {", -1, NULL));
    g_assert_null (strata_view_memory_recall (last));
    strata_view_memory_keep (last, memory);
    known = strata_view_memory_recall (last);
    g_assert_nonnull (known);
  }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("strata-state-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (state, "strata", "views.json", NULL);
  g_autofree char *folder = g_build_filename (state, "strata", NULL);
  int result;

  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/design/memory/place", test_place);
  g_test_add_func ("/design/memory/scope", test_scope);
  g_test_add_func ("/design/memory/elsewhere", test_elsewhere);
  g_test_add_func ("/design/memory/many", test_many);
  result = g_test_run ();
  g_unlink (file);
  g_rmdir (folder);
  g_rmdir (state);
  return result;
}
