/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

/* What people get wrong, and what they are told: one line, exit status 1, nothing lost. */

static void
write_file (const char *folder,
            const char *name,
            const void *data,
            gsize       size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, size, NULL));
}

static void
test_files (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "iris.keras", NULL), *bytes = NULL;
  gsize size;

  assert_runs (folder, ARGS ("example", "iris", "iris.keras"));
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  write_file (folder, "short.keras", bytes, size / 2);
  write_file (folder, "empty.keras", "", 0);
  write_file (folder, "text.keras", "not a model\n", 12);
  write_file (folder, "bad.json",
              "{\"class_name\": \"Sequential\", \"config\": {\"layers\": [{\"class_name\": \"Nonsense\"}]}}", 80);
  memset (bytes + size / 3, 0x5a, size / 3);
  write_file (folder, "damaged.keras", bytes, size);

  assert_fails (folder, "nothing.keras", ARGS ("summary", "nothing.keras"));
  assert_fails (folder, "short.keras", ARGS ("summary", "short.keras"));
  assert_fails (folder, "empty.keras", ARGS ("summary", "empty.keras"));
  assert_fails (folder, "text.keras", ARGS ("summary", "text.keras"));
  assert_fails (folder, "bad.json", ARGS ("summary", "bad.json"));
  assert_fails (folder, "damaged.keras", ARGS ("summary", "damaged.keras"));
  assert_fails (folder, "no-folder", ARGS ("convert", "iris.keras", "no-folder/out.keras"));
  remove_folder (folder);
}

static void
test_arrays (void)
{
  g_autofree char *folder = make_folder ();

  assert_runs (folder, ARGS ("example", "iris", "iris.keras"));
  write_file (folder, "narrow.csv", "1,2,3\n4,5,6\n", 12);
  write_file (folder, "nan.csv", "1,2,3,4\n1,nan,3,4\n", 18);
  write_file (folder, "good.csv", "1,2,3,4\n5,6,7,8\n", 16);
  write_file (folder, "y.csv", "0\n1\n", 4);
  write_file (folder, "classes.csv", "0\n9\n", 4);
  write_file (folder, "three.csv", "0\n1\n2\n", 6);
  write_file (folder, "words.csv", "a,b,c,d\ne,f,g,h\n", 16);
  write_file (folder, "bad.npy", "\x93NUMPY\x01\x00", 8);

  assert_fails (folder, "(None, 4)", ARGS ("train", "iris.keras", "--x", "narrow.csv", "--y", "y.csv"));
  assert_fails (folder, "NaN",
                ARGS ("train", "iris.keras", "--x", "nan.csv", "--y", "y.csv", "--validation-split", "0"));
  assert_fails (folder, "classes 0 to 2",
                ARGS ("train", "iris.keras", "--x", "good.csv", "--y", "classes.csv", "--validation-split", "0"));
  assert_fails (folder, "targets", ARGS ("train", "iris.keras", "--x", "good.csv", "--y", "three.csv"));
  assert_fails (folder, "words.csv", ARGS ("train", "iris.keras", "--x", "words.csv", "--y", "y.csv"));
  assert_fails (folder, "bad.npy", ARGS ("predict", "iris.keras", "--input", "bad.npy", "--output", "p.npy"));
  assert_fails (folder, "missing.npy", ARGS ("predict", "iris.keras", "--input", "missing.npy", "--output", "p.npy"));
  assert_fails (folder, "nobody", ARGS ("predict", "iris.keras", "--input", "nobody=good.csv", "--output", "p.npy"));
  assert_fails (folder, "nobody", ARGS ("predict", "iris.keras", "--input", "good.csv", "--output", "nobody=p.npy"));
  remove_folder (folder);
}

static void
test_words (void)
{
  g_autofree char *folder = make_folder ();

  assert_runs (folder, ARGS ("example", "iris", "iris.keras"));
  assert_fails (folder, "did you mean “Adam”?", ARGS ("train", "iris.keras", "--optimizer", "Adm"));
  assert_fails (folder, "learning_rate", ARGS ("train", "iris.keras", "--optimizer", "Adam(learning_rate=-1)"));
  assert_fails (folder, "There is no loss", ARGS ("train", "iris.keras", "--loss", "mean_squared_eror"));
  assert_fails (folder, "There is no callback", ARGS ("train", "iris.keras", "--callback", "EarlyStop(patience=1)"));
  assert_fails (folder, "did you mean “Conv2D”?", ARGS ("layers", "Conv2"));
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/hostile/files", test_files);
  g_test_add_func ("/cli/hostile/arrays", test_arrays);
  g_test_add_func ("/cli/hostile/words", test_words);
  return g_test_run ();
}
