/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/one-hot-source.h"

#include <inttypes.h>

#include "tensor/convert.h"

struct _StrataOneHotSource
{
  StrataSource parent_instance;

  StrataSource *source;
  gint64 n_classes;
};

/**
 * StrataOneHotSource:
 *
 * Class numbers as rows that are 1 at the class and 0 elsewhere: Keras's
 * to_categorical(), for losses that compare distributions.
 */
G_DEFINE_FINAL_TYPE (StrataOneHotSource, strata_one_hot_source, STRATA_TYPE_SOURCE)

static gboolean
one_hot_fill (StrataSource  *source,
              guint          array,
              const gint64  *indices,
              gint64         n,
              StrataDType    dtype,
              gpointer       target,
              GError       **error)
{
  StrataOneHotSource *self = STRATA_ONE_HOT_SOURCE (source);
  gsize stride = self->n_classes * strata_dtype_get_size (dtype);
  g_autofree gint64 *classes = g_new (gint64, MAX (n, 1));
  g_autofree float *row = g_new0 (float, self->n_classes);

  if (!strata_source_fill (self->source, 0, indices, n, STRATA_INT64, classes, error))
    return FALSE;
  for (gint64 i = 0; i < n; i++)
    {
      if (classes[i] < 0 || classes[i] >= self->n_classes)
        {
          strata_set_error (error, STRATA_ERROR_DATA,
                            "Sample %" PRId64 " is of class %" PRId64 ", but classes go from 0 to %" PRId64,
                            indices[i], classes[i], self->n_classes - 1);
          return FALSE;
        }
      row[classes[i]] = 1;
      strata_convert (STRATA_FLOAT32, row, dtype, (char *) target + i * stride, self->n_classes);
      row[classes[i]] = 0;
    }
  return TRUE;
}

static void
strata_one_hot_source_finalize (GObject *object)
{
  g_object_unref (STRATA_ONE_HOT_SOURCE (object)->source);

  G_OBJECT_CLASS (strata_one_hot_source_parent_class)->finalize (object);
}

static void
strata_one_hot_source_class_init (StrataOneHotSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_one_hot_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = one_hot_fill;
}

static void
strata_one_hot_source_init (StrataOneHotSource *self)
{
}

/**
 * strata_one_hot_source_new:
 * @source: a source of one number a sample: its class, from 0
 * @n_classes: how many classes there are
 *
 * Returns: (transfer full): a source of float32 rows
 */
StrataSource *
strata_one_hot_source_new (StrataSource *source,
                           gint64        n_classes)
{
  StrataOneHotSource *self;

  g_return_val_if_fail (n_classes > 0 && strata_source_get_n_arrays (source) == 1, NULL);

  self = g_object_new (STRATA_TYPE_ONE_HOT_SOURCE, NULL);
  self->source = g_object_ref (source);
  self->n_classes = n_classes;
  strata_source_set_size (STRATA_SOURCE (self), strata_source_get_size (source));
  strata_source_add_array (STRATA_SOURCE (self), STRATA_FLOAT32, &STRATA_SHAPE (n_classes));
  return STRATA_SOURCE (self);
}
