/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/own-data.h"

#include "data/image-file.h"

/* The first few files tell what a folder is of; there may be a million. */
#define MOST_LOOKED_AT 1000

/**
 * strata_own_data_is: (skip)
 *
 * Returns: whether @file is a table, or a folder that may have one for each class
 */
gboolean
strata_own_data_is (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file), *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".csv") ||
         g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY;
}

static gboolean
is_picture (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; strata_image_suffixes[i] != NULL; i++)
    if (g_str_has_suffix (lower, strata_image_suffixes[i]))
      return TRUE;
  return FALSE;
}

/* Whether the files in a class's folder are pictures (1) or texts (0), or none of them says (-1). */
static int
look_into (const char *folder,
           guint      *n)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && *n < MOST_LOOKED_AT && (name = g_dir_read_name (files)) != NULL)
    {
      (*n)++;
      if (is_picture (name))
        return 1;
      if (g_str_has_suffix (name, ".txt"))
        return 0;
    }
  return -1;
}

/**
 * strata_own_data_guess_kind: (skip)
 * @path: a folder with one for each class
 *
 * Returns: which kind of data it is; folders of pictures, if nothing tells
 */
const char *
strata_own_data_guess_kind (const char *path)
{
  g_autoptr (GDir) classes = g_dir_open (path, 0, NULL);
  const char *name;
  int found = -1;
  guint n = 0;

  while (classes != NULL && found < 0 && n < MOST_LOOKED_AT && (name = g_dir_read_name (classes)) != NULL)
    {
      g_autofree char *folder = g_build_filename (path, name, NULL);

      n++;
      found = look_into (folder, &n);
    }
  return found == 0 ? "text-folder" : "image-folder";
}
