/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/idx.h"

#include <string.h>

#include "base/error.h"
#include "io/atomic-file.h"
#include "io/formats/gzip.h"

/* The format of MNIST's files: two zeros, a type, the rank, the sizes and the elements, all big-endian. */

typedef struct
{
  guint8 code;
  gsize width;
  StrataDType dtype;
} Type;

static const Type types[] = {
  { 0x08, 1, STRATA_UINT8 }, { 0x09, 1, STRATA_INT32 },   { 0x0b, 2, STRATA_INT32 },
  { 0x0c, 4, STRATA_INT32 }, { 0x0d, 4, STRATA_FLOAT32 }, { 0x0e, 8, STRATA_FLOAT64 },
};

static const Type *
find_type (guint8 code)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].code == code)
      return &types[i];
  return NULL;
}

static guint64
read_big_endian (const guint8 *at,
                 gsize         width)
{
  guint64 number = 0;

  for (gsize i = 0; i < width; i++)
    number = number << 8 | at[i];
  return number;
}

static void
convert (const Type   *type,
         const guint8 *source,
         gpointer      target,
         gint64        n)
{
  for (gint64 i = 0; i < n; i++)
    {
      guint64 bits = read_big_endian (source + i * type->width, type->width);

      if (type->width == 8)
        ((guint64 *) target)[i] = bits;
      else if (type->width == 4)
        ((guint32 *) target)[i] = bits;
      else
        ((gint32 *) target)[i] = type->width == 2 ? (gint16) bits : (gint8) bits;
    }
}

static StrataTensor *
parse (const guint8  *data,
       gsize          size,
       GError       **error)
{
  StrataShape shape = { 0 };
  const Type *type;
  StrataTensor *tensor;
  gsize start;
  gint64 n;

  if (size < 4 || data[0] != 0 || data[1] != 0 || data[3] > STRATA_MAX_RANK || (type = find_type (data[2])) == NULL)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "it is not an IDX file, as MNIST's are");
      return NULL;
    }

  start = 4 + 4 * (gsize) data[3];
  for (guint i = 0; i < data[3] && start <= size; i++)
    strata_shape_append (&shape, read_big_endian (data + 4 + 4 * i, 4));
  n = strata_shape_get_size (&shape);
  if (start > size || n < 0 || (guint64) n > (size - start) / type->width)
    {
      g_autofree char *text = strata_shape_to_string (&shape);

      strata_set_error (error, STRATA_ERROR_FORMAT,
                        "the file is cut off: it has %zu bytes, too few for an array of shape %s", size, text);
      return NULL;
    }

  tensor = strata_tensor_try_alloc (type->dtype, &shape, error);
  if (tensor == NULL)
    return NULL;
  if (type->dtype == STRATA_UINT8)
    memcpy (strata_tensor_get_data (tensor), data + start, n);
  else
    convert (type, data + start, strata_tensor_get_data (tensor), n);
  return tensor;
}

/**
 * strata_idx_parse:
 * @bytes: contents of an IDX file, not compressed
 * @name: what to call it in errors
 *
 * Returns: (transfer full): the array
 */
StrataTensor *
strata_idx_parse (GBytes      *bytes,
                  const char  *name,
                  GError     **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  StrataTensor *tensor = parse (data, size, error);

  if (tensor == NULL)
    g_prefix_error (error, "“%s”: ", name);
  return tensor;
}

/**
 * strata_idx_read:
 * @path: an IDX file; one that is compressed by gzip is unpacked
 *
 * Returns: (transfer full): the array
 */
StrataTensor *
strata_idx_read (const char  *path,
                 GError     **error)
{
  g_autoptr (GBytes) bytes = strata_file_read (path, error);
  g_autoptr (GBytes) plain = NULL;

  if (bytes == NULL)
    return NULL;
  plain = strata_gzip_is_compressed (bytes) ? strata_gzip_unpack (bytes, path, error) : g_bytes_ref (bytes);
  return plain != NULL ? strata_idx_parse (plain, path, error) : NULL;
}
