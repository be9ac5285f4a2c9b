/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gio/gio.h>

#include "base/json.h"
#include "data/class-folder.h"
#include "data/data-kind.h"
#include "data/data-source.h"
#include "data/text-set.h"

/* Description:
 *   path       a folder; each folder in it is a class, named so, and each .txt file in that a text of it
 *   encode, max_tokens, length, test, shuffle, seed: as of texts
 *
 * Links are not followed, and what is deeper inside is left alone. */

#define LARGEST_TEXT (1 << 20)

static char *
read_text (const char  *path,
           GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *bytes = NULL;
  g_autoptr (GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  gsize length;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > LARGEST_TEXT)
    {
      strata_set_error (error, STRATA_ERROR_DATA, "“%s” is larger than %d MB, too large for one text", path,
                        LARGEST_TEXT >> 20);
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &bytes, &length, NULL, error))
    return NULL;
  return g_utf8_make_valid (bytes, (gssize) length);
}

static StrataTable *
read_folder (const char  *path,
             GError     **error)
{
  g_autoptr (GPtrArray) classes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) files = strata_class_folder_list (path, (const char *const[]){ ".txt", NULL }, classes, error);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free), columns = g_ptr_array_new ();

  if (files == NULL)
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      const StrataClassFile *file = &g_array_index (files, StrataClassFile, i);
      char *text = read_text (file->path, error);

      if (text == NULL)
        return NULL;
      g_ptr_array_add (cells, text);
      g_ptr_array_add (cells, g_strdup (g_ptr_array_index (classes, file->number)));
    }
  if (cells->len == 0)
    {
      strata_set_error (error, STRATA_ERROR_DATA,
                        "There must be a folder for each class, with its texts as .txt files");
      return NULL;
    }
  g_ptr_array_add (columns, (gpointer) "text");
  g_ptr_array_add (columns, (gpointer) "class");
  return strata_table_new (columns, cells, error);
}

static StrataDataSet *
text_folder_load (JsonObject  *description,
                  const char  *folder,
                  GError     **error)
{
  g_autofree char *path = strata_data_resolve (description, "path", folder, error);
  g_autoptr (StrataTable) table = path != NULL ? read_folder (path, error) : NULL;
  g_autoptr (StrataDataSet) set = NULL;
  g_autofree char *name = NULL;

  if (path == NULL)
    return NULL;
  name = g_path_get_basename (path);
  if (table != NULL)
    set = strata_text_set_new (table, description, "text", "class", name, error);
  if (set == NULL)
    g_prefix_error (error, "“%s”: ", path);
  return g_steal_pointer (&set);
}

const StrataDataKind strata_data_kind_text_folder = {
  .name = "text-folder",
  .title = "Folders of texts",
  .description = "A folder for each class, with texts of it as .txt files",
  .load = text_folder_load,
};
