/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/window-source.h"

#include "tensor/convert.h"

struct _StrataWindowSource
{
  StrataSource parent_instance;

  StrataTensor *series;
  gint64 length, stride;
};

/**
 * StrataWindowSource:
 *
 * Stretches of a time series, which overlap in memory: what Keras's
 * timeseries_dataset_from_array() makes.
 */
G_DEFINE_FINAL_TYPE (StrataWindowSource, strata_window_source, STRATA_TYPE_SOURCE)

static gboolean
window_fill (StrataSource  *source,
             guint          array,
             const gint64  *indices,
             gint64         n,
             StrataDType    dtype,
             gpointer       target,
             GError       **error)
{
  StrataWindowSource *self = STRATA_WINDOW_SOURCE (source);
  const StrataShape *shape = strata_tensor_get_shape (self->series);
  StrataDType from = strata_tensor_get_dtype (self->series);
  gint64 row = strata_shape_get_span (shape, 1, shape->rank);
  gsize size = self->length * row;

  for (gint64 i = 0; i < n; i++)
    strata_convert (from,
                    (char *) strata_tensor_get_data (self->series) + indices[i] * self->stride * row *
                    strata_dtype_get_size (from),
                    dtype, (char *) target + i * size * strata_dtype_get_size (dtype), size);
  return TRUE;
}

static void
strata_window_source_finalize (GObject *object)
{
  strata_tensor_unref (STRATA_WINDOW_SOURCE (object)->series);

  G_OBJECT_CLASS (strata_window_source_parent_class)->finalize (object);
}

static void
strata_window_source_class_init (StrataWindowSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_window_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = window_fill;
}

static void
strata_window_source_init (StrataWindowSource *self)
{
}

/**
 * strata_window_source_new:
 * @series: numbers, time along the first dimension
 * @length: steps of a window
 * @stride: steps from one window's start to the next one's
 * @n_windows: how many windows; all must lie in @series
 *
 * Returns: (transfer full): a source whose samples are windows
 */
StrataSource *
strata_window_source_new (StrataTensor *series,
                          gint64        length,
                          gint64        stride,
                          gint64        n_windows)
{
  StrataWindowSource *self;
  StrataShape window = *strata_tensor_get_shape (series);

  g_return_val_if_fail (length > 0 && stride > 0 && n_windows >= 0, NULL);
  g_return_val_if_fail (n_windows == 0 || (n_windows - 1) * stride + length <= strata_tensor_get_dim (series, 0), NULL);

  self = g_object_new (STRATA_TYPE_WINDOW_SOURCE, NULL);
  self->series = strata_tensor_ref (series);
  self->length = length;
  self->stride = stride;
  window.dims[0] = length;
  strata_source_set_size (STRATA_SOURCE (self), n_windows);
  strata_source_add_array (STRATA_SOURCE (self), strata_tensor_get_dtype (series), &window);
  return STRATA_SOURCE (self);
}
