/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "io/formats/hdf5-private.h"

/* The most that the library's filters shrink data by: what is larger for its place in the file was never written. */
#define MAX_RATIO 1032
/* What may be claimed without being there, as arrays of one fill value are. */
#define FREE_SIZE ((gsize) 1 << 20)

static gboolean
read_shape (hid_t        dataset,
            StrataShape *shape)
{
  g_auto (StrataHdf5Id) space = H5Dget_space (dataset);
  hsize_t dims[STRATA_MAX_RANK];
  int rank;

  if (space < 0 || H5Sget_simple_extent_type (space) == H5S_NULL)
    return FALSE;
  rank = H5Sget_simple_extent_ndims (space);
  if (rank < 0 || rank > STRATA_MAX_RANK || H5Sget_simple_extent_dims (space, dims, NULL) < 0)
    return FALSE;
  *shape = STRATA_SCALAR;
  for (int i = 0; i < rank; i++)
    {
      if (dims[i] > G_MAXINT64 / 64)
        return FALSE;
      strata_shape_append (shape, dims[i]);
    }
  return strata_shape_get_size (shape) >= 0;
}

/* Refuses arrays that lie in other files, and such as claim more numbers than the file can hold. */
static gboolean
check_storage (StrataHdf5         *self,
               hid_t               dataset,
               const StrataShape  *shape,
               gsize               width,
               const char         *path,
               GError            **error)
{
  g_auto (StrataHdf5Id) creation = H5Dget_create_plist (dataset);
  H5D_layout_t layout = creation >= 0 ? H5Pget_layout (creation) : H5D_LAYOUT_ERROR;
  gsize n = strata_shape_get_size (shape), stored, ratio;

  if (layout == H5D_VIRTUAL || (creation >= 0 && H5Pget_external_count (creation) != 0))
    return strata_hdf5_fail (self, error, STRATA_ERROR_UNSUPPORTED, "the array “%s” lies in other files", path);
  if (layout == H5D_LAYOUT_ERROR || width == 0)
    return strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "the array “%s” is damaged", path);

  stored = MIN (H5Dget_storage_size (dataset), strata_hdf5_get_size (self));
  ratio = layout == H5D_CHUNKED ? MAX_RATIO : 1;
  if (n > G_MAXSIZE / 16 / width || n * width > MAX (stored * ratio, FREE_SIZE))
    {
      g_autofree char *text = strata_shape_to_string (shape);

      return strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "the array “%s” claims the shape %s, but the "
                               "file has only %zu bytes for it", path, text, stored);
    }
  return TRUE;
}

/* Two bytes that an attribute tells the type of; Keras's legacy files leave it out, and Keras cannot read them
 * again. */
static gboolean
is_bfloat (StrataHdf5 *self,
           hid_t       stored,
           const char *path)
{
  g_autofree char *dtype = NULL;

  if (H5Tget_size (stored) != 2)
    return FALSE;
  if (H5Tget_class (stored) == H5T_OPAQUE)
    return TRUE;
  if (strata_hdf5_has_attribute (self, path, "dtype"))
    dtype = strata_hdf5_get_string (self, path, "dtype", NULL);
  return g_strcmp0 (dtype, "bfloat16") == 0;
}

/* What numbers of a type in a file become; NumPy's booleans are an enumeration. */
static gboolean
choose_type (hid_t        stored,
             StrataDType *dtype,
             hid_t       *memory)
{
  gsize width = H5Tget_size (stored);

  switch (H5Tget_class (stored))
    {
    case H5T_FLOAT:
      *dtype = width > 4 ? STRATA_FLOAT64 : STRATA_FLOAT32;
      *memory = width > 4 ? H5T_NATIVE_DOUBLE : H5T_NATIVE_FLOAT;
      return TRUE;
    case H5T_INTEGER:
      if (H5Tget_sign (stored) == H5T_SGN_NONE && width == 1)
        *dtype = STRATA_UINT8;
      else
        *dtype = width > 4 || (width == 4 && H5Tget_sign (stored) == H5T_SGN_NONE) ? STRATA_INT64 : STRATA_INT32;
      *memory = *dtype == STRATA_UINT8 ? H5T_NATIVE_UINT8 : *dtype == STRATA_INT64 ? H5T_NATIVE_INT64
                                                                                   : H5T_NATIVE_INT32;
      return TRUE;
    case H5T_ENUM:
      *dtype = STRATA_BOOL;
      *memory = H5I_INVALID_HID;
      return width == 1;
    default:
      return FALSE;
    }
}

static StrataTensor *
read_numbers (StrataHdf5         *self,
              hid_t               dataset,
              hid_t               stored,
              const StrataShape  *shape,
              const char         *path,
              GError            **error)
{
  g_autoptr (StrataTensor) tensor = NULL;
  StrataDType dtype;
  hid_t memory;

  if (is_bfloat (self, stored, path))
    {
      dtype = STRATA_BFLOAT16;
      memory = stored;
    }
  else if (!choose_type (stored, &dtype, &memory))
    {
      strata_hdf5_fail (self, error, STRATA_ERROR_UNSUPPORTED, "the array “%s” is not of numbers", path);
      return NULL;
    }
  tensor = strata_tensor_try_alloc (dtype, shape, error);
  if (tensor == NULL)
    return NULL;
  if (H5Dread (dataset, memory >= 0 ? memory : stored, H5S_ALL, H5S_ALL, H5P_DEFAULT,
               strata_tensor_get_data (tensor)) < 0)
    {
      strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "the array “%s” is damaged", path);
      return NULL;
    }
  for (gint64 i = 0; i < strata_tensor_get_size (tensor) && dtype == STRATA_BOOL; i++)
    ((guint8 *) strata_tensor_get_data (tensor))[i] = ((guint8 *) strata_tensor_get_data (tensor))[i] != 0;
  return g_steal_pointer (&tensor);
}

/**
 * strata_hdf5_get_shape:
 * @shape: (out): the shape of the array at @path
 */
gboolean
strata_hdf5_get_shape (StrataHdf5   *self,
                       const char   *path,
                       StrataShape  *shape,
                       GError      **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) dataset = strata_hdf5_open_path (self, path, H5I_DATASET, error);

  if (dataset < 0)
    return FALSE;
  return read_shape (dataset, shape) ||
         strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "the array “%s” has no shape that Strata can have", path);
}

/**
 * strata_hdf5_read:
 *
 * Returns: (transfer full): the array at @path: numbers of any type
 */
StrataTensor *
strata_hdf5_read (StrataHdf5  *self,
                  const char  *path,
                  GError     **error)
{
  STRATA_HDF5_LOCK ();
  g_auto (StrataHdf5Id) dataset = strata_hdf5_open_path (self, path, H5I_DATASET, error);
  g_auto (StrataHdf5Id) stored = dataset >= 0 ? H5Dget_type (dataset) : H5I_INVALID_HID;
  StrataShape shape;

  if (dataset < 0)
    return NULL;
  if (stored < 0 || !read_shape (dataset, &shape))
    {
      strata_hdf5_fail (self, error, STRATA_ERROR_FORMAT, "the array “%s” has no shape that Strata can have", path);
      return NULL;
    }
  if (!check_storage (self, dataset, &shape, H5Tget_size (stored), path, error))
    return NULL;
  return read_numbers (self, dataset, stored, &shape, path, error);
}

static hid_t
get_file_type (StrataDType dtype)
{
  switch (dtype)
    {
    case STRATA_FLOAT32:
      return H5T_IEEE_F32LE;
    case STRATA_FLOAT64:
      return H5T_IEEE_F64LE;
    case STRATA_INT32:
      return H5T_STD_I32LE;
    case STRATA_INT64:
      return H5T_STD_I64LE;
    case STRATA_UINT8:
    case STRATA_BOOL:
      return H5T_STD_U8LE;
    case STRATA_FLOAT16:
    case STRATA_BFLOAT16:
    case STRATA_STRING:
      break;
    }
  return H5I_INVALID_HID;
}

static hid_t
get_memory_type (StrataDType dtype)
{
  switch (dtype)
    {
    case STRATA_FLOAT64:
      return H5T_NATIVE_DOUBLE;
    case STRATA_INT32:
      return H5T_NATIVE_INT32;
    case STRATA_INT64:
      return H5T_NATIVE_INT64;
    case STRATA_UINT8:
    case STRATA_BOOL:
      return H5T_NATIVE_UINT8;
    default:
      return H5T_NATIVE_FLOAT;
    }
}

/**
 * strata_hdf5_write:
 * @path: where to; groups that it is in are made
 * @tensor: numbers; those of half precision are written as float32
 */
gboolean
strata_hdf5_write (StrataHdf5    *self,
                   const char    *path,
                   StrataTensor  *tensor,
                   GError       **error)
{
  STRATA_HDF5_LOCK ();
  StrataDType dtype = strata_tensor_get_dtype (tensor);
  const StrataShape *shape = strata_tensor_get_shape (tensor);
  g_autoptr (StrataTensor) wide = NULL;
  g_auto (StrataHdf5Id) links = H5Pcreate (H5P_LINK_CREATE);
  g_auto (StrataHdf5Id) space = H5I_INVALID_HID;
  g_auto (StrataHdf5Id) dataset = H5I_INVALID_HID;
  hsize_t dims[STRATA_MAX_RANK];

  if (dtype == STRATA_STRING)
    return strata_hdf5_fail (self, error, STRATA_ERROR_UNSUPPORTED,
                             "the array “%s” is of texts, which are not written", path);
  if (dtype == STRATA_FLOAT16 || dtype == STRATA_BFLOAT16)
    tensor = wide = strata_tensor_cast (tensor, dtype = STRATA_FLOAT32, NULL);
  if (!strata_hdf5_has_room (self, strata_tensor_get_size (tensor) * strata_dtype_get_size (dtype)))
    return strata_hdf5_fail (self, error, STRATA_ERROR_FILE, "there is not enough memory");
  for (int i = 0; i < shape->rank; i++)
    dims[i] = shape->dims[i];
  H5Pset_create_intermediate_group (links, 1);
  H5Pset_char_encoding (links, H5T_CSET_UTF8);
  space = shape->rank > 0 ? H5Screate_simple (shape->rank, dims, NULL) : H5Screate (H5S_SCALAR);
  dataset = H5Dcreate2 (strata_hdf5_get_file (self), path, get_file_type (dtype), space, links,
                        H5P_DEFAULT, H5P_DEFAULT);
  if (dataset < 0 ||
      H5Dwrite (dataset, get_memory_type (dtype), H5S_ALL, H5S_ALL, H5P_DEFAULT, strata_tensor_get_data (tensor)) < 0)
    return strata_hdf5_fail (self, error, STRATA_ERROR_FILE, "the array “%s” cannot be written", path);
  return TRUE;
}
