/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/gzip.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"
#include "tensor/tensor.h"

#define BLOCK ((gsize) 256 * 1024)
/* Data hardly shrink more than this when packed: what grows more, past a size, is made to fill the memory. */
#define MAX_RATIO 100
#define FREE_SIZE ((gsize) 64 << 20)
/* So the sizes that files tell are whole: they have 32 bits. */
#define MAX_SIZE ((gsize) G_MAXINT32)

/**
 * strata_gzip_is_compressed:
 *
 * Returns: whether @bytes begin as gzip's files do
 */
gboolean
strata_gzip_is_compressed (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/* How much the file says that it holds, in its last four bytes; it may lie. */
static gsize
read_size (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size), *end = data + size;

  return size < 4 ? 0 : end[-4] | (gsize) end[-3] << 8 | (gsize) end[-2] << 16 | (gsize) end[-1] << 24;
}

/* Memory with large pages, where @plain moves to if there is any. */
static StrataTensor *
enlarge (StrataTensor  *plain,
         gsize          size,
         GError       **error)
{
  g_autoptr (StrataTensor) old = plain;
  StrataTensor *memory = strata_tensor_try_alloc (STRATA_UINT8, &STRATA_SHAPE (size), error);

  if (old != NULL && memory != NULL)
    memcpy (strata_tensor_get_data (memory), strata_tensor_get_data (old), strata_tensor_get_size (old));
  return memory;
}

/**
 * strata_gzip_unpack:
 * @bytes: contents of a file that gzip made
 * @name: what to call it in errors
 *
 * Returns: (transfer full): what it holds
 */
GBytes *
strata_gzip_unpack (GBytes      *bytes,
                    const char  *name,
                    GError     **error)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GError) why = NULL;
  gsize packed_size, read = 0, size = 0, n_read, n_written;
  const guint8 *packed = g_bytes_get_data (bytes, &packed_size);
  gsize limit = MIN (MAX (FREE_SIZE, packed_size * MAX_RATIO), MAX_SIZE);
  /* There is room for a byte more, so that the end is seen at once. */
  g_autoptr (StrataTensor) plain = enlarge (NULL, MAX (MIN (read_size (bytes), limit), BLOCK) + 1, error);
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (plain != NULL && result != G_CONVERTER_FINISHED)
    {
      gsize capacity = strata_tensor_get_size (plain);

      if (size > limit)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "“%s”: it unpacks to much more than its size", name);
          return NULL;
        }
      if (size == capacity)
        {
          plain = enlarge (g_steal_pointer (&plain), MIN (2 * capacity, limit + 1), error);
          continue;
        }
      result = g_converter_convert (converter, packed + read, packed_size - read,
                                    (guint8 *) strata_tensor_get_data (plain) + size, capacity - size,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &why);
      if (result == G_CONVERTER_ERROR)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "“%s”: the file is damaged: %s", name, why->message);
          return NULL;
        }
      read += n_read;
      size += n_written;
    }
  if (plain == NULL)
    return NULL;
  packed = strata_tensor_get_data (plain);
  return g_bytes_new_with_free_func (packed, size, (GDestroyNotify) strata_tensor_unref, g_steal_pointer (&plain));
}
