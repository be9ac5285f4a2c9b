/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/class-folder.h"

#include <gio/gio.h>

#define MOST_FILES 1000000

static void
clear (gpointer file)
{
  g_free (((StrataClassFile *) file)->path);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_suffix (const char        *name,
            const char *const *suffixes)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (; *suffixes != NULL; suffixes++)
    if (g_str_has_suffix (lower, *suffixes))
      return TRUE;
  return FALSE;
}

/* Sorted, so that the same folder is the same data everywhere; folders where there are no @suffixes. */
static GPtrArray *
list_children (GFile              *folder,
               const char *const  *suffixes,
               GError            **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
    folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN,
    G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  GFileType type = suffixes != NULL ? G_FILE_TYPE_REGULAR : G_FILE_TYPE_DIRECTORY;
  GFileInfo *info = NULL;

  while (children != NULL)
    {
      if (!g_file_enumerator_iterate (children, &info, NULL, NULL, error))
        return NULL;
      if (info == NULL)
        break;
      if (g_file_info_get_file_type (info) == type && !g_file_info_get_is_hidden (info) &&
          (suffixes == NULL || has_suffix (g_file_info_get_name (info), suffixes)))
        g_ptr_array_add (names, g_strdup (g_file_info_get_name (info)));
    }
  if (children == NULL)
    return NULL;
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
add_class (GFile              *folder,
           const char         *name,
           const char *const  *suffixes,
           GPtrArray          *class_names,
           GArray             *files,
           GError            **error)
{
  g_autoptr (GFile) child = g_file_get_child (folder, name);
  g_autoptr (GPtrArray) names = list_children (child, suffixes, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      StrataClassFile file = { g_build_filename (g_file_peek_path (child), g_ptr_array_index (names, i), NULL),
                               class_names->len };

      g_array_append_val (files, file);
      if (files->len > MOST_FILES)
        {
          strata_set_error (error, STRATA_ERROR_DATA, "There are more than %d files", MOST_FILES);
          return FALSE;
        }
    }
  if (names->len > 0)
    g_ptr_array_add (class_names, g_filename_display_name (name));
  return TRUE;
}

/**
 * strata_class_folder_list: (skip)
 * @path: a folder; each folder in it is a class, named so, whose files are samples of it
 * @suffixes: how names of samples end, in lower case
 * @class_names: what names of classes that have samples are added to
 *
 * Links are not followed, and what is deeper inside is left alone.
 *
 * Returns: (transfer full): of [struct@ClassFile], class by class, in the order of their names
 */
GArray *
strata_class_folder_list (const char         *path,
                          const char *const  *suffixes,
                          GPtrArray          *class_names,
                          GError            **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) classes = list_children (folder, NULL, &why);
  g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof (StrataClassFile));

  g_array_set_clear_func (files, clear);
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    strata_set_error (error, STRATA_ERROR_FILE, "There is no such folder; it was moved, renamed or deleted");
  else if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  if (classes == NULL)
    return NULL;
  for (guint i = 0; i < classes->len; i++)
    if (!add_class (folder, g_ptr_array_index (classes, i), suffixes, class_names, files, error))
      return NULL;
  return g_steal_pointer (&files);
}
