/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that nobody would read more of. */
#define MAX_SENTENCE 8192

static char *said, *folder, *path;

void
fuzz_ended (gboolean  good,
            GError   *error)
{
  g_clear_pointer (&said, g_free);
  if (good)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == STRATA_ERROR);
  g_assert_cmpuint (strlen (error->message), >, 5);
  g_assert_cmpuint (strlen (error->message), <, MAX_SENTENCE);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  said = g_strdup (error->message);
}

const char *
fuzz_get_said (void)
{
  return said;
}

char *
fuzz_dup_text (const uint8_t *data,
               size_t         size)
{
  return g_strndup ((const char *) data, size);
}

static void
remove_all (void)
{
  g_remove (path);
  g_rmdir (folder);
  g_clear_pointer (&path, g_free);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&said, g_free);
}

/* Memory is a faster disk: a reader is called thousands of times. */
static char *
make_folder (void)
{
  g_autofree char *memory = g_strdup ("/dev/shm/strata-fuzz-XXXXXX");

  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) && g_mkdtemp (memory) != NULL)
    return g_steal_pointer (&memory);
  return g_dir_make_tmp ("strata-fuzz-XXXXXX", NULL);
}

/**
 * fuzz_write:
 * @name: what the file is called; each reader has one name
 *
 * Returns: (transfer none): the path of a file that holds @data and is gone at the end
 */
const char *
fuzz_write (const char    *name,
            const uint8_t *data,
            size_t         size)
{
  FILE *file;

  if (path == NULL)
    {
      folder = make_folder ();
      path = g_build_filename (folder, name, NULL);
      atexit (remove_all);
    }
  file = fopen (path, "wb");
  g_assert_true (file != NULL && (size == 0 || fwrite (data, 1, size, file) == size) && fclose (file) == 0);
  return path;
}
