/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changes that are not saved are on the disk all the same, and only as long as they are needed. */
#include "../../io/check.h"

#include "document/autosave.h"
#include "file-check.h"

static char *
get_root (void)
{
  return g_build_filename (g_get_user_state_dir (), "strata", "recovery", NULL);
}

/* The only copy there is, or NULL. */
static char *
find_copy (void)
{
  g_autofree char *root = get_root ();
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  const char *name;
  char *found = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, "copy.keras", NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      g_assert_null (found);
      found = g_steal_pointer (&path);
    }
  return found;
}

static void
wait_for (StrataAutosave *autosave)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!strata_autosave_is_up_to_date (autosave) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (strata_autosave_is_up_to_date (autosave));
}

static StrataAutosave *
watch (StrataDocument *document)
{
  StrataAutosave *autosave = strata_autosave_new (document, NULL);

  strata_autosave_set_delay (autosave, 300);
  return autosave;
}

static void
test_copy (void)
{
  g_autoptr (StrataDocument) document = strata_document_new_usual (), copy = NULL;
  g_autoptr (StrataAutosave) autosave = watch (document);
  g_autofree char *path = NULL, *before = NULL, *after = NULL, *gone = NULL;

  g_assert_true (strata_autosave_is_up_to_date (autosave));
  strata_document_add_node (document, "Dense", NULL, 8, 16, NULL);
  g_assert_false (strata_autosave_is_up_to_date (autosave));
  wait_for (autosave);
  path = find_copy ();
  g_assert_nonnull (path);
  copy = load (path, NULL);
  before = to_text (document);
  after = to_text (copy);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (strata_document_get_modified (document));

  strata_document_undo (document);
  gone = find_copy ();
  g_assert_null (gone);
}

static gboolean
set_true (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

/* Later changes can wait, but the first leaves a trace for whoever starts after a kill. */
static void
test_first (void)
{
  g_autoptr (StrataDocument) document = strata_document_new_usual ();
  g_autoptr (StrataAutosave) autosave = strata_autosave_new (document, NULL);
  g_autofree char *copy = NULL;
  gboolean late = FALSE;
  guint timeout;

  strata_autosave_set_delay (autosave, 3000);
  strata_document_add_node (document, "Dense", NULL, 8, 16, NULL);
  timeout = g_timeout_add (3000, set_true, &late);
  wait_for (autosave);
  g_assert_false (late);
  g_source_remove (timeout);
  copy = find_copy ();
  g_assert_nonnull (copy);

  strata_document_add_node (document, "Dense", NULL, 8, 32, NULL);
  timeout = g_timeout_add (500, set_true, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (strata_autosave_is_up_to_date (autosave));
  strata_autosave_close (autosave);
}

static void
test_saved (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "saved.keras", NULL), *copy = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (StrataDocument) document = strata_document_new_usual ();
  g_autoptr (StrataAutosave) autosave = watch (document);

  strata_document_add_node (document, "Dense", NULL, 8, 16, NULL);
  wait_for (autosave);
  copy = find_copy ();
  g_assert_nonnull (copy);
  save (document, path);
  gone = find_copy ();
  g_assert_null (gone);
  remove_folder (folder);
}

/* Closed while a copy is being written: none is left, then or later. */
static void
test_closed (void)
{
  g_autoptr (StrataDocument) document = strata_document_new_usual ();
  g_autoptr (StrataAutosave) autosave = watch (document);
  g_autofree char *copy = NULL, *gone = NULL;

  for (guint i = 0; i < 30; i++)
    strata_document_add_node (document, "Dense", NULL, 8, 16, NULL);
  while ((copy = find_copy ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  strata_document_add_node (document, "Dense", NULL, 8, 16, NULL);
  strata_autosave_close (autosave);
  wait_for (autosave);
  gone = find_copy ();
  g_assert_null (gone);
}

static void
on_timeout (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Where nothing can be written, it is told once, and the copy comes when it can. */
static void
test_unwritable (void)
{
  g_autofree char *root = get_root (), *aside = g_strconcat (root, ".aside", NULL), *copy = NULL;
  g_autoptr (StrataDocument) document = strata_document_new_usual ();
  g_autoptr (StrataAutosave) autosave = watch (document);
  gboolean late = FALSE;

  g_assert_cmpint (g_rename (root, aside), ==, 0);
  g_assert_true (g_file_set_contents (root, "in the way", -1, NULL));
  strata_document_add_node (document, "Dense", NULL, 8, 16, NULL);
  g_timeout_add_once (15000, on_timeout, &late);
  while (strata_autosave_get_problem (autosave) == NULL && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (strata_autosave_get_problem (autosave), "recovery"));
  g_assert_cmpint (g_unlink (root), ==, 0);
  while (strata_autosave_get_problem (autosave) != NULL && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (strata_autosave_get_problem (autosave));
  copy = find_copy ();
  g_assert_nonnull (copy);
  strata_autosave_close (autosave);
}

/* What another program has locked is not touched; what nobody has is found, with what it is. Halves are cleared
 * away. */
static void
test_left (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataRecovery) held = strata_recovery_new (&error), left = strata_recovery_new (&error), empty = NULL;
  g_autoptr (StrataRecovery) found = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/somewhere/net.keras");
  g_autofree char *id = NULL, *gone = NULL, *root = get_root ();

  g_assert_no_error (error);
  empty = strata_recovery_new (&error);
  gone = g_build_filename (root, strata_recovery_get_id (empty), NULL);
  g_assert_true (strata_recovery_describe (left, "Digits", file, &error));
  g_assert_true (g_file_set_contents (strata_recovery_get_path (left), "copy", -1, NULL));
  g_assert_true (g_file_set_contents (strata_recovery_get_path (held), "copy", -1, NULL));
  id = g_strdup (strata_recovery_get_id (left));
  g_clear_object (&left);
  g_clear_object (&empty);

  g_assert_cmpuint (g_list_model_get_n_items (strata_recovery_get_left ()), ==, 1);
  found = strata_recovery_find_left (id);
  g_assert_nonnull (found);
  g_assert_cmpstr (strata_recovery_get_title (found), ==, "Digits");
  g_assert_true (g_file_equal (strata_recovery_get_file (found), file));
  g_assert_nonnull (strata_recovery_get_time (found));
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  strata_recovery_take (found);
  g_assert_cmpuint (g_list_model_get_n_items (strata_recovery_get_left ()), ==, 0);
  strata_recovery_remove (found);
  strata_recovery_remove (held);
  g_assert_null (find_copy ());
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/recovery/copy", test_copy);
  g_test_add_func ("/document/recovery/first", test_first);
  g_test_add_func ("/document/recovery/saved", test_saved);
  g_test_add_func ("/document/recovery/closed", test_closed);
  g_test_add_func ("/document/recovery/unwritable", test_unwritable);
  g_test_add_func ("/document/recovery/left", test_left);
  return g_test_run ();
}
