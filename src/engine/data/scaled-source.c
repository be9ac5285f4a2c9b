/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/scaled-source.h"

#include "tensor/convert.h"

/* Numbers scaled at a time: a batch is filled without allocating. */
#define PART 256

struct _StrataScaledSource
{
  StrataSource parent_instance;

  StrataTensor *array;
  StrataShape sample;
  float scale;
};

/**
 * StrataScaledSource:
 *
 * An array whose numbers are multiplied as they are asked for, so that images
 * stay bytes in memory and are floats from 0 to 1 for the network.
 */
G_DEFINE_FINAL_TYPE (StrataScaledSource, strata_scaled_source, STRATA_TYPE_SOURCE)

static gboolean
scaled_fill (StrataSource  *source,
             guint          array,
             const gint64  *indices,
             gint64         n,
             StrataDType    dtype,
             gpointer       target,
             GError       **error)
{
  StrataScaledSource *self = STRATA_SCALED_SOURCE (source);
  StrataDType from = strata_tensor_get_dtype (self->array);
  gsize size = strata_shape_get_size (&self->sample);
  gsize stride = size * strata_dtype_get_size (from);
  gsize from_size = strata_dtype_get_size (from), to_size = strata_dtype_get_size (dtype);
  float part[PART];

  for (gint64 i = 0; i < n; i++)
    {
      const char *sample = (const char *) strata_tensor_get_data (self->array) + indices[i] * stride;
      char *row = (char *) target + i * size * to_size;

      for (gsize at = 0; at < size; at += PART)
        {
          gsize count = MIN (PART, size - at);

          strata_convert (from, sample + at * from_size, STRATA_FLOAT32, part, count);
          for (gsize k = 0; k < count; k++)
            part[k] *= self->scale;
          strata_convert (STRATA_FLOAT32, part, dtype, row + at * to_size, count);
        }
    }
  return TRUE;
}

static void
strata_scaled_source_finalize (GObject *object)
{
  strata_tensor_unref (STRATA_SCALED_SOURCE (object)->array);

  G_OBJECT_CLASS (strata_scaled_source_parent_class)->finalize (object);
}

static void
strata_scaled_source_class_init (StrataScaledSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_scaled_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = scaled_fill;
}

static void
strata_scaled_source_init (StrataScaledSource *self)
{
}

/**
 * strata_scaled_source_new:
 * @array: samples along the first dimension, of any numeric type
 * @scale: what to multiply by
 *
 * Returns: (transfer full): a source of float32
 */
StrataSource *
strata_scaled_source_new (StrataTensor *array,
                          double        scale)
{
  StrataScaledSource *self;

  g_return_val_if_fail (strata_tensor_get_shape (array)->rank > 0 &&
                        strata_tensor_get_dtype (array) != STRATA_STRING, NULL);

  self = g_object_new (STRATA_TYPE_SCALED_SOURCE, NULL);
  self->array = strata_tensor_ref (array);
  self->sample = *strata_tensor_get_shape (array);
  strata_shape_remove (&self->sample, 0);
  self->scale = scale;
  strata_source_set_size (STRATA_SOURCE (self), strata_tensor_get_dim (array, 0));
  strata_source_add_array (STRATA_SOURCE (self), STRATA_FLOAT32, &self->sample);
  return STRATA_SOURCE (self);
}
