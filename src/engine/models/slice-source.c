/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/slice-source.h"

struct _StrataSliceSource
{
  StrataSource parent_instance;

  StrataSource *source;
  gint64 first;
  gint64 *indices;
  gint64 n_indices;
};

/**
 * StrataSliceSource:
 *
 * A range of the samples of another source.
 */
G_DEFINE_FINAL_TYPE (StrataSliceSource, strata_slice_source, STRATA_TYPE_SOURCE)

static gboolean
slice_source_fill (StrataSource  *source,
                   guint          array,
                   const gint64  *indices,
                   gint64         n,
                   StrataDType    dtype,
                   gpointer       target,
                   GError       **error)
{
  StrataSliceSource *self = STRATA_SLICE_SOURCE (source);

  if (n > self->n_indices)
    {
      self->indices = g_renew (gint64, self->indices, n);
      self->n_indices = n;
    }
  for (gint64 i = 0; i < n; i++)
    self->indices[i] = self->first + indices[i];
  return strata_source_fill (self->source, array, self->indices, n, dtype, target, error);
}

static void
strata_slice_source_finalize (GObject *object)
{
  StrataSliceSource *self = STRATA_SLICE_SOURCE (object);

  g_object_unref (self->source);
  g_free (self->indices);

  G_OBJECT_CLASS (strata_slice_source_parent_class)->finalize (object);
}

static void
strata_slice_source_class_init (StrataSliceSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_slice_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = slice_source_fill;
}

static void
strata_slice_source_init (StrataSliceSource *self)
{
}

/**
 * strata_slice_source_new:
 * @first: the first sample
 * @last: the one after the last sample
 *
 * Returns: (transfer full): some of the samples of @source
 */
StrataSource *
strata_slice_source_new (StrataSource *source,
                         gint64        first,
                         gint64        last)
{
  StrataSliceSource *self = g_object_new (STRATA_TYPE_SLICE_SOURCE, NULL);

  strata_source_set_size (STRATA_SOURCE (self), MAX (0, last - first));
  for (guint i = 0; i < strata_source_get_n_arrays (source); i++)
    {
      StrataDType dtype;
      StrataShape shape;

      strata_source_get_spec (source, i, &dtype, &shape);
      strata_source_add_array (STRATA_SOURCE (self), dtype, &shape);
    }
  self->source = g_object_ref (source);
  self->first = first;
  return STRATA_SOURCE (self);
}
