/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "io/formats/hdf5-private.h"
#include "io/formats/hdf5-probe-private.h"
#include "tensor/memory.h"

#define MAX_DEPTH 64
#define MAX_CHILDREN 100000
#define GROWTH ((gsize) 4 << 20)

struct _StrataHdf5
{
  char *name;
  GBytes *bytes;      /* whose memory the library reads, or NULL */
  hid_t file;
  gsize size;         /* of the file that is read */
  gboolean in_memory; /* whether what is written stays in memory */
};

/* The library prints its errors, and loads code that a file asks for, unless told not to. */
static void
prepare (void)
{
  static gsize prepared = 0;

  if (g_once_init_enter (&prepared))
    {
      H5open ();
      H5Eset_auto2 (H5E_DEFAULT, NULL, NULL);
      H5PLset_loading_state (0);
      g_once_init_leave (&prepared, 1);
    }
}

GRecMutex *
strata_hdf5_get_mutex (void)
{
  static GRecMutex mutex;

  return &mutex;
}

gsize
strata_hdf5_get_size (StrataHdf5 *self)
{
  return self->size;
}

/* Whether the memory that a file is written to can grow so much. */
gboolean
strata_hdf5_has_room (StrataHdf5 *self,
                      gsize       bytes)
{
  return !self->in_memory || strata_memory_holds (bytes);
}

hid_t
strata_hdf5_get_file (StrataHdf5 *self)
{
  return self->file;
}

const char *
strata_hdf5_get_name (StrataHdf5 *self)
{
  return self->name;
}

gboolean
strata_hdf5_fail (StrataHdf5   *self,
                  GError      **error,
                  StrataError   code,
                  const char   *format,
                  ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (_(format), args);
  va_end (args);
  strata_set_error (error, code, "“%s”: %s", self->name, message);
  return FALSE;
}

static StrataHdf5 *
new_file (const char *name,
          GBytes     *bytes)
{
  StrataHdf5 *self = g_new0 (StrataHdf5, 1);

  self->name = g_strdup (name);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  self->file = H5I_INVALID_HID;
  return self;
}

static StrataHdf5 *
check_open (StrataHdf5  *self,
            const char  *what,
            GError     **error)
{
  if (self->file >= 0)
    return self;
  strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "%s", what);
  strata_hdf5_free (self);
  return NULL;
}

static gboolean
find_size (const char  *path,
           gsize       *size,
           GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, &why);

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      strata_set_error (error, STRATA_ERROR_FILE, "Cannot read “%s”: %s", path,
                        info == NULL ? why->message : _("it is not a regular file"));
      return FALSE;
    }
  *size = g_file_info_get_size (info);
  return TRUE;
}

/**
 * strata_hdf5_open:
 * @path: an HDF5 file
 *
 * Returns: (transfer full): the file, to be read
 */
StrataHdf5 *
strata_hdf5_open (const char  *path,
                  GError     **error)
{
  STRATA_HDF5_LOCK ();
  StrataHdf5 *self;
  gsize size;

  if (!find_size (path, &size, error) || !strata_hdf5_probe (path, path, error))
    return NULL;
  prepare ();
  self = new_file (path, NULL);
  self->size = size;
  self->file = H5Fopen (path, H5F_ACC_RDONLY, H5P_DEFAULT);
  return check_open (self, _("it is not an HDF5 file, or it is damaged"), error);
}

/* So that the library reads the bytes where they are, rather than two copies of them. */
static void *
image_malloc (size_t                size,
              H5FD_file_image_op_t  op,
              void                 *data)
{
  return (void *) g_bytes_get_data (data, NULL);
}

static void *
image_memcpy (void                 *target,
              const void           *source,
              size_t                size,
              H5FD_file_image_op_t  op,
              void                 *data)
{
  return target;
}

static void *
image_realloc (void                 *memory,
               size_t                size,
               H5FD_file_image_op_t  op,
               void                 *data)
{
  return size <= g_bytes_get_size (data) ? memory : NULL;
}

static herr_t
image_free (void                 *memory,
            H5FD_file_image_op_t  op,
            void                 *data)
{
  return 0;
}

static void *
image_copy (void *data)
{
  return data;
}

static herr_t
image_release (void *data)
{
  return 0;
}

static hid_t
open_from_memory (StrataHdf5 *self)
{
  g_auto (StrataHdf5Id) access = H5Pcreate (H5P_FILE_ACCESS);
  gsize size;
  gconstpointer data = g_bytes_get_data (self->bytes, &size);
  H5FD_file_image_callbacks_t callbacks = { image_malloc, image_memcpy, image_realloc, image_free,
                                            image_copy,   image_release, self->bytes };

  if (size == 0 || H5Pset_fapl_core (access, GROWTH, FALSE) < 0 ||
      H5Pset_file_image_callbacks (access, &callbacks) < 0 ||
      H5Pset_file_image (access, (void *) data, size) < 0)
    return H5I_INVALID_HID;
  /* Where there is a file of that name, the library refuses. */
  return H5Fopen ("/dev/null/contents", H5F_ACC_RDONLY, access);
}

/**
 * strata_hdf5_open_unprobed: (skip)
 *
 * Does strata_hdf5_open_bytes() where the library may come to harm.
 */
StrataHdf5 *
strata_hdf5_open_unprobed (GBytes      *bytes,
                           const char  *name,
                           GError     **error)
{
  STRATA_HDF5_LOCK ();
  StrataHdf5 *self = new_file (name, bytes);

  prepare ();
  self->size = g_bytes_get_size (bytes);
  self->file = open_from_memory (self);
  return check_open (self, _("it is not an HDF5 file, or it is damaged"), error);
}

/**
 * strata_hdf5_open_bytes:
 * @bytes: contents of an HDF5 file
 * @name: what to call it in errors
 *
 * Returns: (transfer full): the file, to be read
 */
StrataHdf5 *
strata_hdf5_open_bytes (GBytes      *bytes,
                        const char  *name,
                        GError     **error)
{
  return strata_hdf5_probe_bytes (name, bytes, error) ? strata_hdf5_open_unprobed (bytes, name, error) : NULL;
}

/**
 * strata_hdf5_create:
 * @path: the file to write; what it has is lost
 *
 * Returns: (transfer full): an empty file
 */
StrataHdf5 *
strata_hdf5_create (const char  *path,
                    GError     **error)
{
  STRATA_HDF5_LOCK ();
  StrataHdf5 *self = new_file (path, NULL);

  prepare ();
  self->file = H5Fcreate (path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  return check_open (self, "it cannot be written", error);
}

/**
 * strata_hdf5_create_bytes:
 *
 * Returns: (transfer full): an empty file in memory; see strata_hdf5_to_bytes()
 */
StrataHdf5 *
strata_hdf5_create_bytes (GError **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) access = H5I_INVALID_HID;
  StrataHdf5 *self = new_file ("weights", NULL);

  prepare ();
  access = H5Pcreate (H5P_FILE_ACCESS);
  self->in_memory = TRUE;
  if (H5Pset_fapl_core (access, GROWTH, FALSE) >= 0)
    self->file = H5Fcreate ("weights", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  return check_open (self, "there is not enough memory", error);
}

/**
 * strata_hdf5_to_bytes:
 *
 * Returns: (transfer full): the contents of a file in memory
 */
GBytes *
strata_hdf5_to_bytes (StrataHdf5  *self,
                      GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_autofree char *data = NULL;
  ssize_t size = -1;

  if (H5Fflush (self->file, H5F_SCOPE_GLOBAL) >= 0)
    size = H5Fget_file_image (self->file, NULL, 0);
  if (size > 0 && strata_memory_holds (size))
    data = g_try_malloc (size);
  if (data == NULL || H5Fget_file_image (self->file, data, size) != size)
    {
      strata_hdf5_fail (self, error, STRATA_ERROR_FILE, "there is not enough memory");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

/**
 * strata_hdf5_close:
 *
 * Writes what is not on the disk yet. The file is of no use then but to be freed.
 */
gboolean
strata_hdf5_close (StrataHdf5  *self,
                   GError     **error)
{
  STRATA_HDF5_LOCK ();
  herr_t result = H5Fclose (self->file);

  self->file = H5I_INVALID_HID;
  return result >= 0 || strata_hdf5_fail (self, error, STRATA_ERROR_FILE, "it cannot be written");
}

void
strata_hdf5_free (StrataHdf5 *self)
{
  STRATA_HDF5_LOCK ();

  if (self->file >= 0)
    H5Fclose (self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self);
}

/* Opens one step of a path, unless it leads elsewhere. */
static hid_t
open_step (hid_t       at,
           const char *name)
{
  H5L_info_t info;

  if (H5Lexists (at, name, H5P_DEFAULT) <= 0 || H5Lget_info (at, name, &info, H5P_DEFAULT) < 0 ||
      info.type != H5L_TYPE_HARD)
    return H5I_INVALID_HID;
  return H5Oopen (at, name, H5P_DEFAULT);
}

static hid_t
walk (StrataHdf5 *self,
      const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", MAX_DEPTH + 1);
  hid_t at = H5Gopen2 (self->file, "/", H5P_DEFAULT);

  for (guint i = 0; steps[i] != NULL && at >= 0; i++)
    {
      hid_t next;

      if (steps[i][0] == '\0')
        continue;
      next = i < MAX_DEPTH && !g_str_equal (steps[i], ".") && H5Iget_type (at) == H5I_GROUP ? open_step (at, steps[i])
                                                                                           : H5I_INVALID_HID;
      H5Idec_ref (at);
      at = next;
    }
  return at;
}

/**
 * strata_hdf5_open_path: (skip)
 * @type: what it must be, or H5I_BADID for a group or an array
 *
 * Returns: an identifier to close, or a negative number with @error set
 */
hid_t
strata_hdf5_open_path (StrataHdf5  *self,
                       const char  *path,
                       H5I_type_t   type,
                       GError     **error)
{
  hid_t id = walk (self, path);

  if (id >= 0 &&
      (type == H5I_BADID ? H5Iget_type (id) == H5I_GROUP || H5Iget_type (id) == H5I_DATASET : H5Iget_type (id) == type))
    return id;
  if (id >= 0)
    H5Idec_ref (id);
  strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, type == H5I_DATASET ? N_("it has no array “%s”")
                                                                          : N_("it has no group “%s”"), path);
  return H5I_INVALID_HID;
}

/**
 * strata_hdf5_has:
 *
 * Returns: whether there is a group or an array at @path
 */
gboolean
strata_hdf5_has (StrataHdf5 *self,
                 const char *path)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) id = strata_hdf5_open_path (self, path, H5I_BADID, NULL);

  return id >= 0;
}

gboolean
strata_hdf5_is_group (StrataHdf5 *self,
                      const char *path)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) id = strata_hdf5_open_path (self, path, H5I_GROUP, NULL);

  return id >= 0;
}

static herr_t
add_name (hid_t             group,
          const char       *name,
          const H5L_info_t *info,
          void             *data)
{
  GPtrArray *names = data;

  if (names->len >= MAX_CHILDREN)
    return -1;
  if (info->type == H5L_TYPE_HARD && g_utf8_validate (name, -1, NULL))
    g_ptr_array_add (names, g_strdup (name));
  return 0;
}

/* "2" comes before "10". */
static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char *x = *(const char *const *) a, *y = *(const char *const *) b;

  if (g_ascii_isdigit (x[0]) && g_ascii_isdigit (y[0]) && strlen (x) != strlen (y))
    return strlen (x) < strlen (y) ? -1 : 1;
  return strcmp (x, y);
}

/**
 * strata_hdf5_list:
 *
 * Returns: (transfer full) (element-type utf8): names in a group, sorted; numbers by value
 */
GPtrArray *
strata_hdf5_list (StrataHdf5  *self,
                  const char  *path,
                  GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) group = strata_hdf5_open_path (self, path, H5I_GROUP, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (group < 0)
    return NULL;
  if (H5Literate (group, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, add_name, names) < 0)
    {
      strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "the group “%s” is damaged", path);
      return NULL;
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/**
 * strata_hdf5_make_group:
 *
 * Makes a group and those that it is in, unless they are there.
 */
gboolean
strata_hdf5_make_group (StrataHdf5  *self,
                        const char  *path,
                        GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) creation = H5I_INVALID_HID;
  g_auto (StrataHdf5Id) group = H5I_INVALID_HID;

  if (strata_hdf5_has (self, path))
    return TRUE;
  creation = H5Pcreate (H5P_LINK_CREATE);
  H5Pset_create_intermediate_group (creation, 1);
  H5Pset_char_encoding (creation, H5T_CSET_UTF8);
  group = H5Gcreate2 (self->file, path, creation, H5P_DEFAULT, H5P_DEFAULT);
  return group >= 0 || strata_hdf5_fail (self, error, STRATA_ERROR_FILE, "the group “%s” cannot be written", path);
}
