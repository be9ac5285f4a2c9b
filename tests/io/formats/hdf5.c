/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "../check.h"

#include <hdf5.h>
#include <string.h>
#include <unistd.h>

#include "io/formats/hdf5.h"

static void
fill (StrataHdf5 *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new (), none = g_ptr_array_new (), many = g_ptr_array_new ();
  g_autoptr (StrataTensor) floats = strata_tensor_new_floats (&STRATA_SHAPE (2, 2), (float[]){ 1, 2, 3, 4 });
  g_autoptr (StrataTensor) number = strata_tensor_new (STRATA_INT64, &STRATA_SCALAR);

  *(gint64 *) strata_tensor_get_data (number) = 1099511627776;
  g_ptr_array_add (texts, "eins");
  g_ptr_array_add (texts, "zwölf");
  for (guint i = 0; i < 9001; i++)
    g_ptr_array_add (many, i == 9000 ? "last" : "text");
  strata_hdf5_make_group (file, "a/b", &error);
  strata_hdf5_write (file, "a/b/floats", floats, &error);
  strata_hdf5_write (file, "number", number, &error);
  strata_hdf5_set_string (file, "a", "text", "größe", &error);
  strata_hdf5_set_strings (file, "a/b", "texts", texts, &error);
  strata_hdf5_set_strings (file, "a/b", "none", none, &error);
  strata_hdf5_set_strings (file, "a/b", "many", many, &error);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *path = g_strdup_printf ("list/%u", i);

      strata_hdf5_make_group (file, path, &error);
    }
  g_assert_no_error (error);
}

static void
check (StrataHdf5 *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataTensor) floats = strata_hdf5_read (file, "a/b/floats", &error);
  g_autoptr (StrataTensor) number = strata_hdf5_read (file, "number", &error);
  g_autofree char *text = strata_hdf5_get_string (file, "a", "text", &error);
  g_autoptr (GPtrArray) texts = strata_hdf5_get_strings (file, "a/b", "texts", &error);
  g_autoptr (GPtrArray) none = strata_hdf5_get_strings (file, "a/b", "none", &error);
  g_autoptr (GPtrArray) many = strata_hdf5_get_strings (file, "a/b", "many", &error);
  g_autoptr (GPtrArray) names = strata_hdf5_list (file, "list", &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (strata_tensor_get_number (floats, 2), ==, 3);
  g_assert_cmpint (strata_tensor_get_dtype (number), ==, STRATA_INT64);
  g_assert_cmpfloat (strata_tensor_get_number (number, 0), ==, 1099511627776);
  g_assert_cmpstr (text, ==, "größe");
  g_assert_cmpuint (texts->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (texts, 1), ==, "zwölf");
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (many->len, ==, 9001);
  g_assert_cmpstr (g_ptr_array_index (many, 9000), ==, "last");
  g_assert_cmpuint (names->len, ==, 12);
  g_assert_cmpstr (g_ptr_array_index (names, 2), ==, "2");
  g_assert_cmpstr (g_ptr_array_index (names, 11), ==, "11");
  g_assert_true (strata_hdf5_has (file, "a/b"));
  g_assert_false (strata_hdf5_has (file, "a/c"));
  g_assert_false (strata_hdf5_has_attribute (file, "a", "texts"));
}

static void
test_memory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) written = strata_hdf5_create_bytes (&error), read = NULL;
  g_autoptr (GBytes) bytes = NULL;

  fill (written);
  bytes = strata_hdf5_to_bytes (written, &error);
  g_assert_no_error (error);
  read = strata_hdf5_open_bytes (bytes, "x.h5", &error);
  g_assert_no_error (error);
  check (read);
}

static void
test_disk (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.h5", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) written = strata_hdf5_create (path, &error), read = NULL;

  fill (written);
  g_assert_true (strata_hdf5_close (written, &error));
  read = strata_hdf5_open (path, &error);
  g_assert_no_error (error);
  check (read);
  remove_folder (folder);
}

/* Arrays and links that lead out of the file, or claim more than it has. */
static void
make_traps (const char *path)
{
  hid_t file = H5Fcreate (path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  hsize_t huge[] = { (hsize_t) 1 << 40 }, small[] = { 4 };
  hid_t huge_space = H5Screate_simple (1, huge, NULL), small_space = H5Screate_simple (1, small, NULL);
  hid_t external = H5Pcreate (H5P_DATASET_CREATE), virtual = H5Pcreate (H5P_DATASET_CREATE);

  H5Lcreate_soft ("/small", file, "soft", H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_external ("/etc/passwd", "/", file, "external-link", H5P_DEFAULT, H5P_DEFAULT);
  H5Dclose (H5Dcreate2 (file, "huge", H5T_IEEE_F32LE, huge_space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Dclose (H5Dcreate2 (file, "small", H5T_IEEE_F32LE, small_space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  H5Pset_external (external, "/etc/passwd", 0, 16);
  H5Dclose (H5Dcreate2 (file, "external", H5T_IEEE_F32LE, small_space, H5P_DEFAULT, external, H5P_DEFAULT));
  H5Pset_virtual (virtual, small_space, "/etc/passwd", "x", small_space);
  H5Dclose (H5Dcreate2 (file, "virtual", H5T_IEEE_F32LE, small_space, H5P_DEFAULT, virtual, H5P_DEFAULT));
  H5Sclose (huge_space);
  H5Sclose (small_space);
  H5Pclose (external);
  H5Pclose (virtual);
  H5Fclose (file);
}

static void
test_traps (void)
{
  static const char *const traps[] = { "soft", "external-link", "huge", "external", "virtual", "a/../b",
                                       "", "nothing" };
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.h5", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) file = NULL;
  g_autoptr (StrataTensor) small = NULL;

  make_traps (path);
  file = strata_hdf5_open (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (traps); i++)
    {
      g_autoptr (GError) refused = NULL;
      g_autoptr (StrataTensor) tensor = strata_hdf5_read (file, traps[i], &refused);

      if (tensor != NULL || refused == NULL)
        g_error ("%s was read", traps[i]);
      g_assert_nonnull (strstr (refused->message, path));
    }
  /* Space that was never written is zeros, as the library has it. */
  small = strata_hdf5_read (file, "small", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (strata_tensor_get_number (small, 3), ==, 0);
  remove_folder (folder);
}

/* Takes and gives up the locks of memory and types, as fast as it can. */
static gpointer
keep_busy (gpointer ends)
{
  while (!g_atomic_int_get ((int *) ends))
    {
      g_autoptr (StrataTensor) tensor = strata_tensor_new (STRATA_FLOAT32, &STRATA_SHAPE (64));
      g_autoptr (GString) text = g_string_new ("text");

      for (guint size = 16; size < 1 << 22; size *= 2)
        g_free (g_malloc (size));
    }
  return NULL;
}

/* While a file is opened, other threads hold locks. */
static void
test_threads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) written = strata_hdf5_create_bytes (&error);
  g_autoptr (GBytes) bytes = NULL;
  GThread *threads[2];
  int ends = FALSE;

  fill (written);
  bytes = strata_hdf5_to_bytes (written, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("busy", keep_busy, &ends);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (StrataHdf5) file = strata_hdf5_open_bytes (bytes, "many threads", &error);

      g_assert_no_error (error);
    }
  g_atomic_int_set (&ends, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* What a program takes is not held against the files that it opens. */
static void
test_large_program (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) written = strata_hdf5_create_bytes (&error), file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size = (gsize) 700 << 20;
  char *much = g_malloc (size);

  memset (much, 1, size);
  fill (written);
  bytes = strata_hdf5_to_bytes (written, &error);
  file = strata_hdf5_open_bytes (bytes, "large program", &error);
  g_assert_no_error (error);
  check (file);
  g_free (much);
}

/* A file in memory has the name of what it comes from, which may be there. */
static void
test_name (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataHdf5) written = strata_hdf5_create_bytes (&error), file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("strata-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  fill (written);
  bytes = strata_hdf5_to_bytes (written, &error);
  file = strata_hdf5_open_bytes (bytes, path, &error);
  g_assert_no_error (error);
  check (file);
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/hdf5/memory", test_memory);
  g_test_add_func ("/io/hdf5/disk", test_disk);
  g_test_add_func ("/io/hdf5/traps", test_traps);
  g_test_add_func ("/io/hdf5/threads", test_threads);
  g_test_add_func ("/io/hdf5/name", test_name);
  g_test_add_func ("/io/hdf5/large-program", test_large_program);
  return g_test_run ();
}
