/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/npz.h"

#include <string.h>

#include "base/error.h"
#include "io/formats/archive.h"
#include "io/formats/npy.h"

struct _StrataNpz
{
  GPtrArray *names;
  GPtrArray *arrays;
};

/**
 * strata_npz_new: (skip)
 *
 * Returns: (transfer full): no arrays
 */
StrataNpz *
strata_npz_new (void)
{
  StrataNpz *self = g_new0 (StrataNpz, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_tensor_unref);
  return self;
}

void
strata_npz_free (StrataNpz *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->arrays);
  g_free (self);
}

/**
 * strata_npz_read: (skip)
 * @path: a .npz file
 *
 * Returns: (transfer full): its arrays
 */
StrataNpz *
strata_npz_read (const char  *path,
                 GError     **error)
{
  g_autoptr (StrataArchive) archive = strata_archive_read (path, error);
  g_autoptr (StrataNpz) self = strata_npz_new ();
  const GPtrArray *names;

  if (archive == NULL)
    return NULL;
  names = strata_archive_get_names (archive);
  for (guint i = 0; i < names->len; i++)
    {
      const char *member = g_ptr_array_index (names, i);
      g_autofree char *name = g_str_has_suffix (member, ".npy") ? g_strndup (member, strlen (member) - 4) : NULL;
      g_autofree char *place = g_strdup_printf ("%s: %s", path, member);
      g_autoptr (StrataTensor) array = NULL;

      if (name == NULL)
        continue;
      array = strata_npy_parse (strata_archive_get (archive, member), place, error);
      if (array == NULL)
        return NULL;
      strata_npz_add (self, name, array);
    }
  return g_steal_pointer (&self);
}

/**
 * strata_npz_write:
 * @path: the file to write or replace
 */
gboolean
strata_npz_write (StrataNpz   *self,
                  const char  *path,
                  GError     **error)
{
  g_autoptr (StrataArchive) archive = strata_archive_new ();

  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *member = g_strconcat (strata_npz_get_name (self, i), ".npy", NULL);
      g_autoptr (GBytes) bytes = strata_npy_to_bytes (strata_npz_get (self, i));

      strata_archive_set (archive, member, bytes);
    }
  return strata_archive_write (archive, path, error);
}

guint
strata_npz_get_n (StrataNpz *self)
{
  return self->names->len;
}

const char *
strata_npz_get_name (StrataNpz *self,
                     guint      i)
{
  return g_ptr_array_index (self->names, i);
}

/**
 * strata_npz_get:
 *
 * Returns: (transfer none): array number @i
 */
StrataTensor *
strata_npz_get (StrataNpz *self,
                guint      i)
{
  return g_ptr_array_index (self->arrays, i);
}

/**
 * strata_npz_find:
 *
 * Returns: (transfer none) (nullable): the array called @name
 */
StrataTensor *
strata_npz_find (StrataNpz  *self,
                 const char *name)
{
  for (guint i = 0; i < self->names->len; i++)
    if (g_str_equal (strata_npz_get_name (self, i), name))
      return strata_npz_get (self, i);
  return NULL;
}

void
strata_npz_add (StrataNpz    *self,
                const char   *name,
                StrataTensor *tensor)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->arrays, strata_tensor_ref (tensor));
}
