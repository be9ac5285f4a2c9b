/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "callbacks/event-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

#define N_BUCKETS 30

/* Wire types and field numbers of the messages: event.proto, summary.proto, tensor.proto. */
enum { WIRE_VARINT, WIRE_FIXED64, WIRE_BYTES };
enum { EVENT_WALL_TIME = 1, EVENT_STEP = 2, EVENT_FILE_VERSION = 3, EVENT_SUMMARY = 5 };
enum { SUMMARY_VALUE = 1, VALUE_TAG = 1, VALUE_TENSOR = 8, VALUE_METADATA = 9, METADATA_PLUGIN = 1, PLUGIN_NAME = 1,
       PLUGIN_CONTENT = 2 };
enum { TENSOR_DTYPE = 1, TENSOR_SHAPE = 2, TENSOR_CONTENT = 4, TENSOR_STRING = 8, SHAPE_DIM = 2, DIM_SIZE = 1,
       DT_FLOAT = 1, DT_DOUBLE = 2, DT_STRING = 7 };

struct _StrataEventFile
{
  char *path;
  FILE *file;
};

static void
put_varint (GByteArray *out,
            guint64     value)
{
  do
    {
      guint8 byte = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);

      g_byte_array_append (out, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

static void
put_number (GByteArray *out,
            guint       field,
            guint64     value)
{
  put_varint (out, field << 3 | WIRE_VARINT);
  put_varint (out, value);
}

static void
put_bytes (GByteArray    *out,
           guint          field,
           gconstpointer  data,
           gsize          size)
{
  put_varint (out, field << 3 | WIRE_BYTES);
  put_varint (out, size);
  g_byte_array_append (out, data, size);
}

static void
put_message (GByteArray *out,
             guint       field,
             GByteArray *message)
{
  put_bytes (out, field, message->data, message->len);
  g_byte_array_unref (message);
}

static void
put_double (GByteArray *out,
            guint       field,
            double      value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  put_varint (out, field << 3 | WIRE_FIXED64);
  g_byte_array_append (out, (const guint8 *) &bits, sizeof bits);
}

/* CRC-32C (Castagnoli), turned and offset as TFRecord files have it. */
static guint32
get_masked_crc (gconstpointer data,
                gsize         size)
{
  const guint8 *bytes = data;
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
    }
  crc = ~crc;
  return (crc >> 15 | crc << 17) + 0xa282ead8;
}

static gboolean
fail (StrataEventFile  *self,
      GError          **error)
{
  strata_set_error (error, STRATA_ERROR_FILE, "%s cannot be written: %s", self->path, g_strerror (errno));
  return FALSE;
}

/* A record: length and its check, data and its check. */
static gboolean
write_record (StrataEventFile  *self,
              GByteArray       *event,
              GError          **error)
{
  guint64 length = GUINT64_TO_LE ((guint64) event->len);
  guint32 length_crc = GUINT32_TO_LE (get_masked_crc (&length, sizeof length));
  guint32 crc = GUINT32_TO_LE (get_masked_crc (event->data, event->len));

  return (fwrite (&length, sizeof length, 1, self->file) == 1 &&
          fwrite (&length_crc, sizeof length_crc, 1, self->file) == 1 &&
          fwrite (event->data, 1, event->len, self->file) == event->len &&
          fwrite (&crc, sizeof crc, 1, self->file) == 1) ||
         fail (self, error);
}

static GByteArray *
begin_event (void)
{
  GByteArray *event = g_byte_array_new ();

  put_double (event, EVENT_WALL_TIME, g_get_real_time () / 1e6);
  return event;
}

/**
 * strata_event_file_new: (skip)
 * @folder: where it is to be; made where it is not there
 *
 * Returns: (transfer full): a new file, named so that TensorBoard finds it
 */
StrataEventFile *
strata_event_file_new (const char  *folder,
                       GError     **error)
{
  static const char version[] = "brain.Event:2";
  static guint count;
  g_autoptr (StrataEventFile) self = g_new0 (StrataEventFile, 1);
  g_autoptr (GByteArray) event = begin_event ();
  g_autofree char *name = g_strdup_printf ("events.out.tfevents.%" G_GINT64_FORMAT ".%s.%d.%u.v2",
                                           g_get_real_time () / G_USEC_PER_SEC,
                                           g_get_host_name (), (int) getpid (), g_atomic_int_add (&count, 1));

  self->path = g_build_filename (folder, name, NULL);
  if (g_mkdir_with_parents (folder, 0777) == 0)
    self->file = g_fopen (self->path, "wb");
  if (self->file == NULL)
    {
      fail (self, error);
      return NULL;
    }
  put_bytes (event, EVENT_FILE_VERSION, version, strlen (version));
  return write_record (self, event, error) && strata_event_file_flush (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
add_tensor (StrataEventFile  *self,
            const char       *tag,
            gint64            step,
            const char       *plugin,
            const char       *content,
            GByteArray       *tensor,
            GError          **error)
{
  g_autoptr (GByteArray) event = begin_event ();
  GByteArray *name = g_byte_array_new (), *metadata = g_byte_array_new (), *value = g_byte_array_new ();
  GByteArray *summary = g_byte_array_new ();

  put_bytes (name, PLUGIN_NAME, plugin, strlen (plugin));
  if (content != NULL)
    put_bytes (name, PLUGIN_CONTENT, content, strlen (content));
  put_message (metadata, METADATA_PLUGIN, name);
  put_bytes (value, VALUE_TAG, tag, strlen (tag));
  put_message (value, VALUE_TENSOR, tensor);
  put_message (value, VALUE_METADATA, metadata);
  put_message (summary, SUMMARY_VALUE, value);
  put_number (event, EVENT_STEP, step);
  put_message (event, EVENT_SUMMARY, summary);
  return write_record (self, event, error);
}

gboolean
strata_event_file_add_scalar (StrataEventFile  *self,
                              const char       *tag,
                              gint64            step,
                              float             value,
                              GError          **error)
{
  GByteArray *tensor = g_byte_array_new ();
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT32_TO_LE (bits);
  put_number (tensor, TENSOR_DTYPE, DT_FLOAT);
  put_message (tensor, TENSOR_SHAPE, g_byte_array_new ());
  put_bytes (tensor, TENSOR_CONTENT, &bits, sizeof bits);
  return add_tensor (self, tag, step, "scalars", NULL, tensor, error);
}

static void
put_dim (GByteArray *shape,
         guint64     size)
{
  GByteArray *dim = g_byte_array_new ();

  put_number (dim, DIM_SIZE, size);
  put_message (shape, SHAPE_DIM, dim);
}

/* Left edge, right edge and count of each bucket; one bucket where all numbers are equal. */
static guint
count_buckets (StrataTensor *values,
               double        buckets[N_BUCKETS][3])
{
  gint64 n = strata_tensor_get_size (values);
  double low = INFINITY, high = -INFINITY;

  for (gint64 i = 0; i < n; i++)
    {
      low = MIN (low, strata_tensor_get_number (values, i));
      high = MAX (high, strata_tensor_get_number (values, i));
    }
  if (!(high > low) || isinf (high - low))
    {
      double centre = isfinite (low) ? low : 0;

      buckets[0][0] = centre - 0.5, buckets[0][1] = centre + 0.5, buckets[0][2] = n;
      return 1;
    }
  for (int k = 0; k < N_BUCKETS; k++)
    {
      buckets[k][0] = low + (high - low) * k / N_BUCKETS;
      buckets[k][1] = low + (high - low) * (k + 1) / N_BUCKETS;
      buckets[k][2] = 0;
    }
  for (gint64 i = 0; i < n; i++)
    {
      double value = strata_tensor_get_number (values, i);

      if (isfinite (value))
        buckets[CLAMP ((int) ((value - low) / (high - low) * N_BUCKETS), 0, N_BUCKETS - 1)][2]++;
    }
  return N_BUCKETS;
}

gboolean
strata_event_file_add_histogram (StrataEventFile  *self,
                                 const char       *tag,
                                 gint64            step,
                                 StrataTensor     *values,
                                 GError          **error)
{
  double buckets[N_BUCKETS][3];
  guint n = count_buckets (values, buckets);
  GByteArray *tensor = g_byte_array_new (), *shape = g_byte_array_new ();
  guint64 bits[N_BUCKETS * 3];

  put_dim (shape, n);
  put_dim (shape, 3);
  memcpy (bits, buckets, n * 3 * sizeof *bits);
  for (guint i = 0; i < n * 3; i++)
    bits[i] = GUINT64_TO_LE (bits[i]);
  put_number (tensor, TENSOR_DTYPE, DT_DOUBLE);
  put_message (tensor, TENSOR_SHAPE, shape);
  put_bytes (tensor, TENSOR_CONTENT, bits, n * 3 * sizeof *bits);
  return add_tensor (self, tag, step, "histograms", NULL, tensor, error);
}

/**
 * strata_event_file_add_texts: (skip)
 * @plugin: which part of TensorBoard reads them
 * @content: (nullable): what it is told besides
 * @texts: texts or other bytes, one after the other
 * @single: whether it is one text rather than a list
 */
gboolean
strata_event_file_add_texts (StrataEventFile  *self,
                             const char       *tag,
                             gint64            step,
                             const char       *plugin,
                             const char       *content,
                             GBytes *const    *texts,
                             guint             n,
                             gboolean          single,
                             GError          **error)
{
  GByteArray *tensor = g_byte_array_new (), *shape = g_byte_array_new ();

  if (!single)
    put_dim (shape, n);
  put_number (tensor, TENSOR_DTYPE, DT_STRING);
  put_message (tensor, TENSOR_SHAPE, shape);
  for (guint i = 0; i < n; i++)
    put_bytes (tensor, TENSOR_STRING, g_bytes_get_data (texts[i], NULL), g_bytes_get_size (texts[i]));
  return add_tensor (self, tag, step, plugin, content, tensor, error);
}

gboolean
strata_event_file_flush (StrataEventFile  *self,
                         GError          **error)
{
  return fflush (self->file) == 0 || fail (self, error);
}

void
strata_event_file_free (StrataEventFile *self)
{
  g_clear_pointer (&self->file, fclose);
  g_free (self->path);
  g_free (self);
}
