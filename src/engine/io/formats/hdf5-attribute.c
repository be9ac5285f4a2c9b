/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "io/formats/hdf5-private.h"

#define MAX_TEXTS 1000000
#define MAX_BYTES ((gsize) 256 << 20)
/* A list of texts takes 16 bytes each, and an attribute may have 64 KiB. */
#define MAX_LIST 4000

/**
 * strata_hdf5_has_attribute:
 *
 * Returns: whether the group or array at @path has an attribute of that name
 */
gboolean
strata_hdf5_has_attribute (StrataHdf5 *self,
                           const char *path,
                           const char *name)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) object = strata_hdf5_open_path (self, path, H5I_BADID, NULL);

  return object >= 0 && H5Aexists (object, name) > 0;
}

static void
add_text (GPtrArray  *texts,
          const char *text,
          gsize       length)
{
  g_ptr_array_add (texts, g_utf8_make_valid (text != NULL ? text : "", text != NULL ? length : 0));
}

static gboolean
read_variable (hid_t      attribute,
               hid_t      space,
               hsize_t    n,
               GPtrArray *texts)
{
  g_auto (StrataHdf5Id) type = H5Tcopy (H5T_C_S1);
  g_auto (StrataHdf5Id) stored = H5Aget_type (attribute);
  g_autofree char **data = g_new0 (char *, MAX (n, 1));

  H5Tset_size (type, H5T_VARIABLE);
  H5Tset_cset (type, H5Tget_cset (stored));
  if (H5Aread (attribute, type, data) < 0)
    return FALSE;
  for (hsize_t i = 0; i < n; i++)
    add_text (texts, data[i], data[i] != NULL ? strlen (data[i]) : 0);
  H5Dvlen_reclaim (type, space, H5P_DEFAULT, data);
  return TRUE;
}

static gboolean
read_fixed (hid_t      attribute,
            hid_t      stored,
            hsize_t    n,
            gsize      limit,
            GPtrArray *texts)
{
  gsize size = H5Tget_size (stored);
  g_autofree char *data = NULL;

  if (size == 0 || size > limit || n > limit / size)
    return FALSE;
  data = g_try_malloc (MAX (n * size, 1));
  if (data == NULL || H5Aread (attribute, stored, data) < 0)
    return FALSE;
  for (hsize_t i = 0; i < n; i++)
    add_text (texts, data + i * size, strnlen (data + i * size, size));
  return TRUE;
}

/* Adds the texts of an attribute; an empty list of any type has none. */
static gboolean
read_texts (StrataHdf5 *self,
            hid_t       object,
            const char *name,
            GPtrArray  *texts)
{
  g_auto (StrataHdf5Id) attribute = H5Aopen (object, name, H5P_DEFAULT);
  g_auto (StrataHdf5Id) space = attribute >= 0 ? H5Aget_space (attribute) : H5I_INVALID_HID;
  g_auto (StrataHdf5Id) type = attribute >= 0 ? H5Aget_type (attribute) : H5I_INVALID_HID;
  hssize_t n;

  if (space < 0 || type < 0)
    return FALSE;
  n = H5Sget_simple_extent_npoints (space);
  if (n == 0)
    return TRUE;
  if (n < 0 || n > MAX_TEXTS || H5Tget_class (type) != H5T_STRING)
    return FALSE;
  /* Each text has a place of 16 bytes in the file at least. */
  if (H5Tis_variable_str (type) > 0)
    return (gsize) n <= strata_hdf5_get_size (self) / 16 + 1 && read_variable (attribute, space, n, texts);
  return read_fixed (attribute, type, n, MIN (MAX_BYTES, strata_hdf5_get_size (self)), texts);
}

/**
 * strata_hdf5_get_string:
 *
 * Returns: (transfer full): the text of an attribute, of fixed or variable length
 */
char *
strata_hdf5_get_string (StrataHdf5  *self,
                        const char  *path,
                        const char  *name,
                        GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) object = strata_hdf5_open_path (self, path, H5I_BADID, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (object < 0)
    return NULL;
  if (H5Aexists (object, name) <= 0 || !read_texts (self, object, name, texts) || texts->len != 1)
    {
      strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "“%s” has no text “%s”", path[0] != '\0' ? path : "/", name);
      return NULL;
    }
  return g_strdup (g_ptr_array_index (texts, 0));
}

/**
 * strata_hdf5_get_strings:
 * @name: an attribute; where a long list was split, what comes before the number of each part
 *
 * Returns: (transfer full) (element-type utf8): the texts of a list
 */
GPtrArray *
strata_hdf5_get_strings (StrataHdf5  *self,
                         const char  *path,
                         const char  *name,
                         GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) object = strata_hdf5_open_path (self, path, H5I_BADID, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean found = FALSE, good = TRUE;

  if (object < 0)
    return NULL;
  if (H5Aexists (object, name) > 0)
    {
      found = TRUE;
      good = read_texts (self, object, name, texts);
    }
  for (guint i = 0; !found || i > 0; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s%u", name, i);

      if (texts->len > MAX_TEXTS || H5Aexists (object, part) <= 0)
        break;
      found = TRUE;
      good = good && read_texts (self, object, part, texts);
    }
  if (!found || !good)
    {
      strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "“%s” has no list of texts “%s”",
                        path[0] != '\0' ? path : "/", name);
      return NULL;
    }
  return g_steal_pointer (&texts);
}

static gboolean
write_attribute (hid_t          object,
                 const char    *name,
                 hid_t          type,
                 hid_t          space,
                 gconstpointer  data)
{
  g_auto (StrataHdf5Id) attribute = H5Acreate2 (object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);

  return attribute >= 0 && (data == NULL || H5Awrite (attribute, type, data) >= 0);
}

static hid_t
new_text_type (void)
{
  hid_t type = H5Tcopy (H5T_C_S1);

  H5Tset_size (type, H5T_VARIABLE);
  H5Tset_cset (type, H5T_CSET_UTF8);
  return type;
}

/**
 * strata_hdf5_set_string:
 *
 * Adds an attribute to what is at @path.
 */
gboolean
strata_hdf5_set_string (StrataHdf5  *self,
                        const char  *path,
                        const char  *name,
                        const char  *text,
                        GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) object = strata_hdf5_open_path (self, path, H5I_BADID, error);
  g_auto (StrataHdf5Id) type = new_text_type ();
  g_auto (StrataHdf5Id) space = H5Screate (H5S_SCALAR);

  if (object < 0)
    return FALSE;
  return write_attribute (object, name, type, space, &text) ||
         strata_hdf5_fail (self, error, STRATA_ERROR_FILE, "the attribute “%s” cannot be written", name);
}

static gboolean
write_list (hid_t       object,
            const char *name,
            GPtrArray  *texts,
            guint       first,
            hsize_t     n)
{
  g_auto (StrataHdf5Id) type = n > 0 ? new_text_type () : H5Tcopy (H5T_NATIVE_DOUBLE);
  g_auto (StrataHdf5Id) space = H5Screate_simple (1, &n, NULL);

  /* An empty list is one of numbers, as NumPy has it. */
  return write_attribute (object, name, type, space, n > 0 ? texts->pdata + first : NULL);
}

/**
 * strata_hdf5_set_strings:
 * @texts: (element-type utf8): a list
 *
 * Adds a list to what is at @path; a long one in parts, as Keras does.
 */
gboolean
strata_hdf5_set_strings (StrataHdf5  *self,
                         const char  *path,
                         const char  *name,
                         GPtrArray   *texts,
                         GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) object = strata_hdf5_open_path (self, path, H5I_BADID, error);
  gboolean good = TRUE;

  if (object < 0)
    return FALSE;
  if (texts->len <= MAX_LIST)
    good = write_list (object, name, texts, 0, texts->len);
  else
    for (guint first = 0, i = 0; first < texts->len && good; first += MAX_LIST, i++)
      {
        g_autofree char *part = g_strdup_printf ("%s%u", name, i);

        good = write_list (object, part, texts, first, MIN (MAX_LIST, texts->len - first));
      }
  return good || strata_hdf5_fail (self, error, STRATA_ERROR_FILE, "the attribute “%s” cannot be written", name);
}
