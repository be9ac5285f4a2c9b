/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "models/source.h"

typedef struct
{
  StrataDType dtype;
  StrataShape shape;
} Spec;

typedef struct
{
  gint64 size;
  GArray *specs;
} StrataSourcePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataSource, strata_source, G_TYPE_OBJECT)

static StrataSourcePrivate *
get_private (StrataSource *self)
{
  return strata_source_get_instance_private (self);
}

static void
strata_source_finalize (GObject *object)
{
  g_array_unref (get_private (STRATA_SOURCE (object))->specs);

  G_OBJECT_CLASS (strata_source_parent_class)->finalize (object);
}

static void
strata_source_class_init (StrataSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_source_finalize;
}

static void
strata_source_init (StrataSource *self)
{
  get_private (self)->specs = g_array_new (FALSE, FALSE, sizeof (Spec));
}

/**
 * strata_source_set_size:
 * @size: how many samples there are
 *
 * For classes of sources, which call it once, before anybody sees the source.
 */
void
strata_source_set_size (StrataSource *self,
                        gint64        size)
{
  get_private (self)->size = size;
}

/**
 * strata_source_add_array: (skip)
 * @dtype: its element type
 * @shape: its shape, for one sample
 *
 * For classes of sources, which call it for each of their arrays, before anybody sees the source.
 */
void
strata_source_add_array (StrataSource      *self,
                         StrataDType        dtype,
                         const StrataShape *shape)
{
  Spec spec = { dtype, *shape };

  g_array_append_val (get_private (self)->specs, spec);
}

/**
 * strata_source_get_size:
 *
 * Returns: how many samples there are
 */
gint64
strata_source_get_size (StrataSource *self)
{
  return get_private (self)->size;
}

/**
 * strata_source_get_n_arrays:
 *
 * Returns: how many arrays a sample has
 */
guint
strata_source_get_n_arrays (StrataSource *self)
{
  return get_private (self)->specs->len;
}

/**
 * strata_source_get_spec: (skip)
 * @array: which array
 * @dtype: (out): its element type
 * @shape: (out): its shape, for one sample
 */
void
strata_source_get_spec (StrataSource *self,
                        guint         array,
                        StrataDType  *dtype,
                        StrataShape  *shape)
{
  const Spec *spec = &g_array_index (get_private (self)->specs, Spec, array);

  *dtype = spec->dtype;
  *shape = spec->shape;
}

/**
 * strata_source_fill: (skip)
 * @array: which array
 * @indices: which samples
 * @n: how many
 * @dtype: what to write them as
 * @target: where to
 */
gboolean
strata_source_fill (StrataSource  *self,
                    guint          array,
                    const gint64  *indices,
                    gint64         n,
                    StrataDType    dtype,
                    gpointer       target,
                    GError       **error)
{
  return STRATA_SOURCE_GET_CLASS (self)->fill (self, array, indices, n, dtype, target, error);
}
