/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Arrays come through standard input and go to standard output where a file is called “-”. */

#include "check.h"
#include "io/formats/npy.h"
#include "io/formats/npz.h"

#define TABLE "5.1,3.5,1.4,0.2\n6,3,5,2\n"

static char *
make_document (void)
{
  char *folder = make_folder ();

  assert_runs (folder, ARGS ("example", "iris", "i.keras"));
  return folder;
}

/* What is predicted of what comes in by a pipe. */
static char *
predict (const char *folder,
         const char *output,
         GBytes     *given)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) said = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("STRATA_CLI"), "predict", "i.keras",
                                         "--input", "-",
                                         "--output", output, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, given, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return g_strndup (g_bytes_get_data (said, NULL), g_bytes_get_size (said));
}

static void
test_arrays (void)
{
  g_autofree char *folder = make_document (), *path = g_build_filename (folder, "x.csv", NULL), *array = NULL;
  g_autofree char *from_file = NULL, *from_table = NULL, *from_array = NULL, *from_npz = NULL, *err = NULL;
  g_autofree char *packed = g_build_filename (folder, "x.npz", NULL);
  g_autoptr (GBytes) table = g_bytes_new_static (TABLE, strlen (TABLE)), bytes = NULL;
  const float numbers[] = { 5.1f, 3.5f, 1.4f, 0.2f, 6, 3, 5, 2 };
  g_autoptr (StrataTensor) tensor = strata_tensor_new_floats (&STRATA_SHAPE (2, 4), numbers);
  g_autoptr (StrataNpz) npz = strata_npz_new ();
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_set_contents (path, TABLE, -1, NULL));
  g_assert_cmpint (run_cli (folder, &from_file, &err, ARGS ("predict", "i.keras", "--input", "x.csv", "--output", "-")),
                   ==, 0);
  lines = g_strsplit (from_file, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);

  from_table = predict (folder, "-", table);
  g_assert_cmpstr (from_table, ==, from_file);
  bytes = strata_npy_to_bytes (tensor);
  from_array = predict (folder, "-", bytes);
  g_assert_cmpstr (from_array, ==, from_file);

  strata_npz_add (npz, "measurements", tensor);
  g_assert_true (strata_npz_write (npz, packed, NULL));
  g_assert_cmpint (run_cli (folder, &from_npz, &array,
                            ARGS ("predict", "i.keras", "--input", "x.npz", "--output", "-")), ==, 0);
  g_assert_cmpstr (from_npz, ==, from_file);
  remove_folder (folder);
}

static void
test_name (void)
{
  g_autofree char *folder = make_document (), *path = g_build_filename (folder, "x.csv", NULL);
  g_autofree char *made = g_build_filename (folder, "y.txt", NULL);

  g_assert_true (g_file_set_contents (path, TABLE, -1, NULL));
  assert_fails (folder, "y.txt", ARGS ("predict", "i.keras", "--input", "x.csv", "--output", "y.txt"));
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipes/arrays", test_arrays);
  g_test_add_func ("/pipes/name", test_name);
  return g_test_run ();
}
