/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "io/gzip.h"

#include "base/error.h"

#define BLOCK (256 * 1024)
/* A small file may unpack to all of memory; GByteArray counts in 32 bits, too. */
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
  gssize n;

  while ((n = g_input_stream_read (stream, block, BLOCK, NULL, &why)) > 0)
    {
      if (plain->len + (gsize) n > MAX_SIZE)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT, "“%s”: what is packed in it is too large", name);
          return NULL;
        }
      g_byte_array_append (plain, block, n);
    }
  if (n < 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FORMAT, "“%s”: the file is damaged: %s", name, why->message);
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
}
