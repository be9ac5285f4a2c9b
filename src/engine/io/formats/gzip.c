/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/formats/gzip.h"

#include "base/error.h"

#define BLOCK (256 * 1024)
/* Data hardly shrink more than this when packed: what grows more, past a size, is made to fill the memory. */
#define MAX_RATIO 100
#define FREE_SIZE ((gsize) 64 << 20)
/* GByteArray counts in 32 bits. */
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
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (source, converter);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autoptr (GError) why = NULL;
  gsize limit = MIN (MAX (FREE_SIZE, g_bytes_get_size (bytes) * MAX_RATIO), MAX_SIZE);
  gssize n;

  while ((n = g_input_stream_read (stream, block, BLOCK, NULL, &why)) > 0)
    {
      if (plain->len + (gsize) n > limit)
        {
          strata_set_error (error, STRATA_ERROR_FORMAT, "“%s”: it unpacks to much more than its size", name);
          return NULL;
        }
      g_byte_array_append (plain, block, n);
    }
  if (n < 0)
    {
      strata_set_error (error, STRATA_ERROR_FORMAT, "“%s”: the file is damaged: %s", name, why->message);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
}
