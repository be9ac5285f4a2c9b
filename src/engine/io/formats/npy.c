/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/npy.h"

#include <string.h>

#include "base/error.h"
#include "io/atomic-file.h"
#include "io/formats/npy-header.h"

typedef union
{
  guint8 bytes[8];
  gint8 i1;
  gint16 i2;
  gint32 i4;
  gint64 i8;
  guint8 u1;
  guint16 u2;
  guint32 u4;
  guint64 u8;
} Element;

/* Where an element that is number i row by row lies in a file whose first index runs fastest. */
static gint64
fortran_index (const StrataShape *shape,
               gint64             i)
{
  gint64 index = 0;

  for (int axis = shape->rank - 1; axis >= 0; axis--)
    {
      gint64 span = strata_shape_get_span (shape, 0, axis);

      index += i % shape->dims[axis] * span;
      i /= shape->dims[axis];
    }
  return index;
}

static void
store (const StrataNpyHeader *header,
       const Element         *element,
       gpointer               data,
       gint64                 i)
{
  gint64 number;

  if (header->kind == 'f' || header->width == strata_dtype_get_size (header->dtype))
    {
      memcpy ((char *) data + i * header->width, element->bytes, header->width);
      return;
    }

  if (header->kind == 'i')
    number = header->width == 1 ? element->i1 : element->i2;
  else
    number = header->width == 2 ? element->u2 : element->u4;
  if (header->dtype == STRATA_INT32)
    ((gint32 *) data)[i] = number;
  else
    ((gint64 *) data)[i] = number;
}

static gboolean
read_numbers (const StrataNpyHeader  *header,
              const guint8           *source,
              StrataTensor           *tensor,
              GError                **error)
{
  gint64 n = strata_tensor_get_size (tensor);
  gpointer data = strata_tensor_get_data (tensor);
  gboolean same = !header->swapped && !header->fortran && header->width == strata_dtype_get_size (header->dtype);

  if (same)
    memcpy (data, source, n * header->width);
  for (gint64 i = 0; i < n && !same; i++)
    {
      const guint8 *at = source + (header->fortran ? fortran_index (&header->shape, i) : i) * header->width;
      Element element;

      for (gsize k = 0; k < header->width; k++)
        element.bytes[k] = at[header->swapped ? header->width - 1 - k : k];
      store (header, &element, data, i);
    }

  for (gint64 i = 0; i < n && header->kind == 'u' && header->width == 8; i++)
    if (((gint64 *) data)[i] < 0)
      {
        strata_set_error (error, STRATA_ERROR_TYPE, "a number is larger than int64 holds");
        return FALSE;
      }
  for (gint64 i = 0; i < n && header->kind == 'b'; i++)
    ((guint8 *) data)[i] = ((guint8 *) data)[i] != 0;
  return TRUE;
}

static char *
read_text (const StrataNpyHeader *header,
           const guint8          *at)
{
  GString *text;

  if (header->kind == 'S')
    return g_utf8_make_valid ((const char *) at, strnlen ((const char *) at, header->width));

  text = g_string_new (NULL);
  for (gsize k = 0; k < header->width; k += 4)
    {
      guint32 letter;

      memcpy (&letter, at + k, sizeof letter);
      if (header->swapped)
        letter = GUINT32_SWAP_LE_BE (letter);
      if (letter == 0)
        break;
      g_string_append_unichar (text, g_unichar_validate (letter) ? letter : 0xfffd);
    }
  return g_string_free (text, FALSE);
}

static void
read_texts (const StrataNpyHeader *header,
            const guint8          *source,
            StrataTensor          *tensor)
{
  for (gint64 i = 0; i < strata_tensor_get_size (tensor); i++)
    {
      gint64 index = header->fortran ? fortran_index (&header->shape, i) : i;
      g_autofree char *text = read_text (header, source + index * header->width);

      strata_tensor_set_string (tensor, i, text);
    }
}

static StrataTensor *
parse (const guint8  *data,
       gsize          size,
       GError       **error)
{
  StrataNpyHeader header;
  g_autoptr (StrataTensor) tensor = NULL;
  gint64 n;

  if (!strata_npy_header_parse (&header, data, size, error))
    return NULL;

  n = strata_shape_get_size (&header.shape);
  if (header.width == 0 ? n > 1 << 20 : (guint64) n > (size - header.size) / header.width)
    {
      g_autofree char *shape = strata_shape_to_string (&header.shape);

      strata_set_error (error, STRATA_ERROR_FORMAT,
                        "the file is cut off: it has %zu bytes of elements for an array of shape %s",
                        size - header.size, shape);
      return NULL;
    }
  tensor = strata_tensor_try_new (header.dtype, &header.shape, error);
  if (tensor == NULL)
    return NULL;
  if (header.dtype == STRATA_STRING)
    read_texts (&header, data + header.size, tensor);
  else if (!read_numbers (&header, data + header.size, tensor, error))
    return NULL;
  return g_steal_pointer (&tensor);
}

/**
 * strata_npy_parse:
 * @bytes: contents of a .npy file
 * @name: what to call it in errors
 *
 * Reads an array in any byte order and memory order. Integer types that Strata
 * lacks become the next larger one; texts become UTF-8.
 * Returns: (transfer full): the array
 */
StrataTensor *
strata_npy_parse (GBytes      *bytes,
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
 * strata_npy_read:
 * @path: a .npy file
 *
 * Returns: (transfer full): the array
 */
StrataTensor *
strata_npy_read (const char  *path,
                 GError     **error)
{
  g_autoptr (GBytes) bytes = strata_file_read (path, error);

  return bytes != NULL ? strata_npy_parse (bytes, path, error) : NULL;
}

/* Texts as NumPy has them: all as long as the longest, in UCS-4. */
static GBytes *
format_texts (StrataTensor *tensor)
{
  char **texts = strata_tensor_get_data (tensor);
  gint64 n = strata_tensor_get_size (tensor);
  g_autofree char *header = NULL, *descr = NULL;
  glong longest = 1;
  gsize size;
  char *data;

  for (gint64 i = 0; i < n; i++)
    longest = MAX (longest, texts[i] != NULL ? g_utf8_strlen (texts[i], -1) : 0);
  descr = g_strdup_printf ("%cU%ld", G_BYTE_ORDER == G_LITTLE_ENDIAN ? '<' : '>', longest);
  header = strata_npy_header_format (descr, strata_tensor_get_shape (tensor), &size);
  data = g_malloc0 (size + n * longest * 4);
  memcpy (data, header, size);
  for (gint64 i = 0; i < n; i++)
    {
      glong length = 0;
      g_autofree gunichar *letters = g_utf8_to_ucs4_fast (texts[i] != NULL ? texts[i] : "", -1, &length);

      memcpy (data + size + i * longest * 4, letters, length * 4);
    }
  return g_bytes_new_take (data, size + n * longest * 4);
}

static const char *
get_descr (StrataDType dtype)
{
  switch (dtype)
    {
    case STRATA_FLOAT32:
      return "f4";
    case STRATA_FLOAT16:
      return "f2";
    case STRATA_FLOAT64:
      return "f8";
    case STRATA_INT32:
      return "i4";
    case STRATA_INT64:
      return "i8";
    case STRATA_UINT8:
      return "u1";
    case STRATA_BOOL:
      return "b1";
    case STRATA_BFLOAT16:
    case STRATA_STRING:
      break;
    }
  return NULL;
}

/**
 * strata_npy_to_bytes:
 * @tensor: an array; bfloat16, which NumPy lacks, is written as float32
 *
 * Returns: (transfer full): the contents of a .npy file
 */
GBytes *
strata_npy_to_bytes (StrataTensor *tensor)
{
  StrataDType dtype = strata_tensor_get_dtype (tensor);
  g_autoptr (StrataTensor) wide = NULL;
  g_autofree char *header = NULL, *descr = NULL;
  gsize size, n;
  char *data;

  if (dtype == STRATA_STRING)
    return format_texts (tensor);
  if (dtype == STRATA_BFLOAT16)
    tensor = wide = strata_tensor_cast (tensor, dtype = STRATA_FLOAT32, NULL);

  descr = g_strdup_printf ("%c%s",
                           strata_dtype_get_size (dtype) == 1 ? '|' : G_BYTE_ORDER == G_LITTLE_ENDIAN ? '<' : '>',
                           get_descr (dtype));
  header = strata_npy_header_format (descr, strata_tensor_get_shape (tensor), &size);
  n = strata_tensor_get_bytes (tensor);
  data = g_malloc (size + n);
  memcpy (data, header, size);
  memcpy (data + size, strata_tensor_get_data (tensor), n);
  return g_bytes_new_take (data, size + n);
}

/**
 * strata_npy_write:
 * @path: the file to write or replace
 * @tensor: an array
 */
gboolean
strata_npy_write (const char    *path,
                  StrataTensor  *tensor,
                  GError       **error)
{
  g_autoptr (GBytes) bytes = strata_npy_to_bytes (tensor);

  return strata_file_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}
