/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "../check.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "io/formats/archive.h"

/* A ZIP file with one member of a given kind; @size zeros are packed into it. */
static GBytes *
make_archive (const char *name,
              gsize       size,
              guint       filetype,
              guint       members)
{
  gsize room = 1 << 22, used = 0;
  g_autofree char *data = g_malloc (room);
  g_autofree char *zeros = g_malloc0 (1 << 20);
  struct archive *writer = archive_write_new ();

  archive_write_set_format_zip (writer);
  archive_write_open_memory (writer, data, room, &used);
  for (guint i = 0; i < members; i++)
    {
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, name);
      archive_entry_set_filetype (entry, filetype);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, size);
      if (filetype == AE_IFLNK)
        archive_entry_set_symlink (entry, "/etc/passwd");
      g_assert_cmpint (archive_write_header (writer, entry), ==, ARCHIVE_OK);
      for (gsize done = 0; done < size; done += 1 << 20)
        archive_write_data (writer, zeros, MIN (size - done, 1 << 20));
      archive_entry_free (entry);
    }
  archive_write_close (writer);
  archive_write_free (writer);
  return g_bytes_new (data, used);
}

static void
test_round_trip (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.zip", NULL);
  g_autoptr (StrataArchive) written = strata_archive_new (), read = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5), empty = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;

  strata_archive_set (written, "a/b.txt", text);
  strata_archive_set (written, "größe", empty);
  g_assert_true (strata_archive_write (written, path, &error));
  g_assert_no_error (error);
  read = strata_archive_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_archive_get_names (read)->len, ==, 2);
  g_assert_true (g_bytes_equal (strata_archive_get (read, "a/b.txt"), text));
  g_assert_true (g_bytes_equal (strata_archive_get (read, "größe"), empty));
  g_assert_null (strata_archive_get (read, "a"));
  remove_folder (folder);
}

/* What is not packed is not copied; it outlives what it is a part of, and is held against its checksum all the same. */
static void
test_in_place (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.zip", NULL), *contents = NULL;
  g_autofree guint8 *numbers = g_malloc (3 << 20);
  g_autoptr (StrataArchive) written = strata_archive_new (), read = NULL;
  g_autoptr (GBytes) weights = NULL, file = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *data, *whole;
  gsize size, length;

  for (guint i = 0; i < 3 << 20; i++)
    numbers[i] = i * 2654435761u >> 24;
  weights = g_bytes_new (numbers, 3 << 20);
  strata_archive_set (written, "weights", weights);
  g_assert_true (strata_archive_write (written, path, &error));
  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  file = g_bytes_new (contents, length);
  whole = g_bytes_get_data (file, NULL);
  read = strata_archive_parse (file, "x", &error);
  g_assert_no_error (error);
  g_clear_pointer (&file, g_bytes_unref);
  data = g_bytes_get_data (strata_archive_get (read, "weights"), &size);
  g_assert_true (data >= whole && data + size <= whole + length);
  g_assert_true (g_bytes_equal (strata_archive_get (read, "weights"), weights));

  contents[length / 2] ^= 1;
  file = g_bytes_new (contents, length);
  g_assert_null (strata_archive_parse (file, "x", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT);
  remove_folder (folder);
}

/* What is packed is put together from the blocks that it is unpacked in. */
static void
test_packed (void)
{
  g_autoptr (GBytes) file = make_archive ("zeros", (3 << 20) + 5, AE_IFREG, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StrataArchive) read = strata_archive_parse (file, "x", &error);
  const guint8 *data;
  gsize size;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (file), <, 1 << 20);
  data = g_bytes_get_data (strata_archive_get (read, "zeros"), &size);
  g_assert_cmpuint (size, ==, (3 << 20) + 5);
  g_assert_true (data[0] == 0 && memcmp (data, data + 1, size - 1) == 0);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *name;
    gsize size;
    guint filetype;
    guint members;
    const char *said;
  } cases[] = {
    { "/etc/passwd", 4, AE_IFREG, 1, "leads out" },
    { "a/../../b", 4, AE_IFREG, 1, "leads out" },
    { "..", 4, AE_IFREG, 1, "leads out" },
    { "c:\\b", 4, AE_IFREG, 1, "leads out" },
    { "link", 0, AE_IFLNK, 1, "link" },
    { "twice", 4, AE_IFREG, 2, "two members" },
    { "bomb", (gsize) 300 << 20, AE_IFREG, 1, "much more than its size" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = make_archive (cases[i].name, cases[i].size, cases[i].filetype, cases[i].members);
      g_autoptr (GError) error = NULL;
      g_autoptr (StrataArchive) archive = strata_archive_parse (bytes, "x.keras", &error);

      g_assert_null (archive);
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].said) == NULL)
        g_error ("%s: %s", cases[i].name, error->message);
    }
}

/* What cannot be written leaves the old file, and nothing beside it. */
static void
test_failed_write (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "no", "x.zip", NULL);
  g_autoptr (StrataArchive) archive = strata_archive_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (strata_archive_write (archive, path, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, path));
  remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/archive/round-trip", test_round_trip);
  g_test_add_func ("/io/archive/in-place", test_in_place);
  g_test_add_func ("/io/archive/packed", test_packed);
  g_test_add_func ("/io/archive/refused", test_refused);
  g_test_add_func ("/io/archive/failed-write", test_failed_write);
  return g_test_run ();
}
