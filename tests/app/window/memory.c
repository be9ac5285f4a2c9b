/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file opens in the view that it was last looked at in, with each view as it was left. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "../document/file-check.h"
#include "pointer.h"
#include "code/code-view.h"
#include "train/train-view.h"
#include "views/view-memory.h"
#include "window/window.h"

static GtkApplication *application;

static StrataWindow *
open_window (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataDocument) document = load (path, &error);
  g_autoptr (GSettings) settings = g_settings_new ("app.strata.Strata");
  StrataWindow *window = strata_window_new (application, settings);

  g_assert_no_error (error);
  strata_window_set_document (window, document);
  gtk_window_present (GTK_WINDOW (window));
  spin ();
  return window;
}

static const char *
get_view (StrataWindow *window)
{
  return adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (find_type (GTK_WIDGET (window), ADW_TYPE_VIEW_STACK)));
}

static GtkDropDown *
get_languages (StrataWindow *window)
{
  return GTK_DROP_DOWN (find_type (find_type (GTK_WIDGET (window), STRATA_TYPE_CODE_VIEW), GTK_TYPE_DROP_DOWN));
}

static void
test_views (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-memory-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.keras", NULL);
  g_autoptr (StrataExample) example = strata_example_load ("iris", NULL);
  g_autoptr (StrataDocument) document = strata_document_new_from_example (example, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JsonObject) memory = NULL;
  StrataWindow *window;
  gboolean shows_profile = FALSE;

  save (document, path);
  window = open_window (path);
  g_assert_cmpstr (get_view (window), ==, "design");
  g_object_set (find_type (GTK_WIDGET (window), STRATA_TYPE_TRAIN_VIEW), "show-profile", TRUE, NULL);
  gtk_drop_down_set_selected (get_languages (window), 1);
  strata_window_show_view (window, "train");
  spin ();
  g_assert_false (strata_document_get_modified (strata_window_get_document (window)));
  gtk_window_destroy (GTK_WINDOW (window));
  spin ();
  /* What the canvas remembers is still there beside it. */
  memory = strata_view_memory_recall (file);
  g_assert_true (json_object_has_member (memory, "zoom"));

  window = open_window (path);
  g_assert_cmpstr (get_view (window), ==, "train");
  g_object_get (find_type (GTK_WIDGET (window), STRATA_TYPE_TRAIN_VIEW), "show-profile", &shows_profile, NULL);
  g_assert_true (shows_profile);
  g_assert_cmpuint (gtk_drop_down_get_selected (get_languages (window)), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  spin ();
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  application = GTK_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_test_add_func ("/window/memory/views", test_views);
  return g_test_run ();
}
