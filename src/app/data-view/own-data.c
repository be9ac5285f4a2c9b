/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-view/own-data.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "data/image-file.h"

/* The first few files tell what a folder is of; there may be a million. */
#define MOST_LOOKED_AT 1000
/* So many pictures tell whether they are in colour, where they are quickly read. */
#define COLORS_LOOKED_AT 6
#define MOST_PIXELS (1 << 20)

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

/* Whether all of a picture is gray; what cannot be read quickly, or not at all, may have any colour. */
static gboolean
is_gray (const char *path)
{
  int width, height, channels, stride;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint8 *bytes;

  if (!strata_image_file_check (path) || gdk_pixbuf_get_file_info (path, &width, &height) == NULL ||
      (gint64) width * height > MOST_PIXELS || (pixbuf = gdk_pixbuf_new_from_file (path, NULL)) == NULL)
    return FALSE;
  channels = gdk_pixbuf_get_n_channels (pixbuf);
  stride = gdk_pixbuf_get_rowstride (pixbuf);
  bytes = gdk_pixbuf_read_pixels (pixbuf);
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      {
        const guint8 *pixel = bytes + (gsize) y * stride + (gsize) x * channels;

        if (pixel[0] != pixel[1] || pixel[0] != pixel[2])
          return FALSE;
      }
  return TRUE;
}

/* Looks at one picture of a class, if it has any; returns whether it is gray, or there is none. */
static gboolean
look_at_first (const char *folder,
               guint      *n)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (is_picture (name))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        (*n)++;
        return is_gray (path);
      }
  return TRUE;
}

/**
 * strata_own_data_are_gray: (skip)
 * @path: a folder with one for each class
 *
 * Looks at a picture each of a few classes.
 *
 * Returns: whether they are without colours
 */
gboolean
strata_own_data_are_gray (const char *path)
{
  g_autoptr (GDir) classes = g_dir_open (path, 0, NULL);
  gboolean gray = TRUE;
  const char *name;
  guint n = 0;

  while (classes != NULL && gray && n < COLORS_LOOKED_AT && (name = g_dir_read_name (classes)) != NULL)
    {
      g_autofree char *folder = g_build_filename (path, name, NULL);

      gray = look_at_first (folder, &n);
    }
  return gray && n > 0;
}
