/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

#include "base/object.h"
#include "base/registry.h"
#include "terminal.h"

/* Each entry has a page that tells all of its parameters, and lines fit the terminal. */

static void
check_page (const char             *folder,
            StrataKind              kind,
            const StrataObjectInfo *info)
{
  g_autofree char *name = g_strdup_printf ("%s-%s.md", strata_kind_get_name (kind), info->name);
  g_autofree char *path = g_build_filename (folder, name, NULL), *text = NULL;
  StrataObjectClass *klass = g_type_class_ref (strata_registry_get_type (kind, info));
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  if (info->formula != NULL)
    assert_says (text, info->formula);
  for (guint i = 0; i < klass->params->len; i++)
    {
      const StrataParam *param = g_ptr_array_index (klass->params, i);
      g_auto (GStrv) parts = g_strsplit (param->name, "_", -1);
      g_autofree char *escaped = g_strjoinv ("\\_", parts), *row = g_strdup_printf ("| **%s** |", escaped);

      assert_says (text, row);
    }
  g_type_class_unref (klass);
}

static void
test_pages (void)
{
  g_autofree char *folder = make_folder ();

  assert_runs (folder, ARGS ("reference", folder));
  for (int kind = 0; kind < STRATA_N_KINDS; kind++)
    {
      const StrataObjectInfo *const *entries = strata_registry_list (kind);
      g_autofree char *name = g_strdup_printf ("reference-%s.md", strata_kind_get_name (kind));
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
      for (guint i = 0; entries[i] != NULL; i++)
        check_page (folder, kind, entries[i]);
    }
  remove_folder (folder);
}

/* What is told at a call is on the page, as for a terminal and for programs. */
static void
test_call (void)
{
  g_autofree char *folder = make_folder (), *page = g_build_filename (folder, "layer-Attention.md", NULL), *text = NULL;

  assert_runs (folder, ARGS ("reference", folder));
  g_assert_true (g_file_get_contents (page, &text, NULL, NULL));
  assert_says (text, "## When it is called");
  assert_says (text, "| **return\\_attention\\_scores** |");
  remove_folder (folder);
}

static void
test_unwritable (void)
{
  g_autofree char *folder = make_folder (), *file = g_build_filename (folder, "x", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  assert_fails (folder, "Cannot make the folder “x”", ARGS ("reference", "x"));
  remove_folder (folder);
}

static void
test_wrap (void)
{
  const char *text = "Whether a number of its own is added to each output: Σ, δ and "
                     "a_word_that_is_much_longer_than_a_narrow_line";

  for (int width = 20; width <= 200; width += 7)
    {
      g_autofree char *wrapped = strata_terminal_wrap (text, 4, width);
      g_auto (GStrv) lines = g_strsplit (wrapped, "\n    ", -1);
      g_autofree char *joined = g_strjoinv (" ", lines);

      g_assert_cmpstr (joined, ==, text);
      for (guint i = 0; lines[i] != NULL; i++)
        g_assert_true (4 + g_utf8_strlen (lines[i], -1) <= width || strchr (lines[i], ' ') == NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/reference/pages", test_pages);
  g_test_add_func ("/cli/reference/call", test_call);
  g_test_add_func ("/cli/reference/unwritable", test_unwritable);
  g_test_add_func ("/cli/reference/wrap", test_wrap);
  return g_test_run ();
}
