/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/reshaped-source.h"

struct _StrataReshapedSource
{
  StrataSource parent_instance;

  StrataSource *source;
};

/**
 * StrataReshapedSource:
 *
 * The samples of another source under another shape: 28 by 28 images for a
 * network that takes 784 numbers.
 */
G_DEFINE_FINAL_TYPE (StrataReshapedSource, strata_reshaped_source, STRATA_TYPE_SOURCE)

static gboolean
reshaped_fill (StrataSource  *source,
               guint          array,
               const gint64  *indices,
               gint64         n,
               StrataDType    dtype,
               gpointer       target,
               GError       **error)
{
  return strata_source_fill (STRATA_RESHAPED_SOURCE (source)->source, array, indices, n, dtype, target, error);
}

static void
strata_reshaped_source_finalize (GObject *object)
{
  g_object_unref (STRATA_RESHAPED_SOURCE (object)->source);

  G_OBJECT_CLASS (strata_reshaped_source_parent_class)->finalize (object);
}

static void
strata_reshaped_source_class_init (StrataReshapedSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_reshaped_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = reshaped_fill;
}

static void
strata_reshaped_source_init (StrataReshapedSource *self)
{
}

/**
 * strata_reshaped_source_new:
 * @source: a source of one array
 * @shape: a sample's new shape; it may have one unknown, which follows from the rest
 *
 * Returns: (transfer full): the source, or %NULL with @error set where the sizes differ
 */
StrataSource *
strata_reshaped_source_new (StrataSource       *source,
                            const StrataShape  *shape,
                            GError            **error)
{
  StrataReshapedSource *self;
  StrataShape known = *shape, old;
  StrataDType dtype;
  gint64 size, rest;
  int unknown = -1;

  strata_source_get_spec (source, 0, &dtype, &old);
  size = strata_shape_get_size (&old);
  for (int i = 0; i < known.rank; i++)
    if (known.dims[i] < 0 && unknown < 0)
      {
        unknown = i;
        known.dims[i] = 1;
      }
  rest = strata_shape_get_size (&known);
  if (unknown >= 0 && rest > 0)
    known.dims[unknown] = size / rest;

  if (strata_source_get_n_arrays (source) != 1 || size < 0 || strata_shape_get_size (&known) != size)
    {
      g_autofree char *expected = strata_shape_to_string (shape), *received = strata_shape_to_string (&old);

      strata_set_error (error, STRATA_ERROR_DATA, "The samples have the shape %s, which is not %s", received, expected);
      return NULL;
    }
  self = g_object_new (STRATA_TYPE_RESHAPED_SOURCE, NULL);
  self->source = g_object_ref (source);
  strata_source_set_size (STRATA_SOURCE (self), strata_source_get_size (source));
  strata_source_add_array (STRATA_SOURCE (self), dtype, &known);
  return STRATA_SOURCE (self);
}
