/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/keras/npz-weights.h"

#include <string.h>

#include "base/error.h"
#include "io/formats/archive.h"
#include "io/formats/npy.h"
#include "io/formats/pickle.h"

/* What a member is called that holds the variables of the model itself. */
#define ROOT "__root__"

static gboolean
copy_arrays (GHashTable  *arrays,
             const char  *path,
             StrataHdf5  *file,
             GError     **error)
{
  gboolean root = g_str_equal (path, ROOT);
  g_autofree char *group = g_strdup_printf ("%s%svars", root ? "" : path, root ? "" : "/");
  GHashTableIter iter;
  gpointer name, array;

  if (!strata_hdf5_make_group (file, group, error))
    return FALSE;
  g_hash_table_iter_init (&iter, arrays);
  while (g_hash_table_iter_next (&iter, &name, &array))
    {
      g_autofree char *place = g_strdup_printf ("%s/%s", group, (char *) name);

      if (!strata_hdf5_write (file, place, array, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_member (GBytes      *bytes,
             const char  *path,
             StrataHdf5  *file,
             GError     **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size), *end = data != NULL ? memchr (data, '\n', size) : NULL;
  g_autoptr (GHashTable) arrays = NULL;

  /* A dictionary is an array of one object to NumPy: a header of one line, and a pickle. */
  if (size < 10 || memcmp (data, "\x93NUMPY", 6) != 0 || end == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "it is not a NumPy array");
      return FALSE;
    }
  arrays = strata_pickle_read_arrays (end + 1, size - (end + 1 - data), error);
  return arrays != NULL && copy_arrays (arrays, path, file, error);
}

/**
 * strata_npz_weights_read: (skip)
 * @bytes: a `model.weights.npz`
 * @name: what to call it in errors
 *
 * Returns: (transfer full): the same weights as Keras keeps them in HDF5
 */
StrataHdf5 *
strata_npz_weights_read (GBytes      *bytes,
                         const char  *name,
                         GError     **error)
{
  g_autoptr (StrataArchive) archive = strata_archive_parse (bytes, name, error);
  g_autoptr (StrataHdf5) file = archive != NULL ? strata_hdf5_create_bytes (error) : NULL;
  g_autoptr (GBytes) written = NULL;
  const GPtrArray *names;

  if (file == NULL)
    return NULL;
  names = strata_archive_get_names (archive);
  for (guint i = 0; i < names->len; i++)
    {
      const char *member = g_ptr_array_index (names, i);
      g_autofree char *path = g_str_has_suffix (member, ".npy") ? g_strndup (member, strlen (member) - 4) : NULL;

      if (path != NULL && !copy_member (strata_archive_get (archive, member), path, file, error))
        {
          g_prefix_error (error, "“%s”: %s: ", name, member);
          return NULL;
        }
    }
  written = strata_hdf5_to_bytes (file, error);
  return written != NULL ? strata_hdf5_open_bytes (written, name, error) : NULL;
}
