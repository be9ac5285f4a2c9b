/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/joined-source.h"

struct _StrataJoinedSource
{
  StrataSource parent_instance;

  GPtrArray *sources;           /* StrataSource: one for each array */
};

/**
 * StrataJoinedSource:
 *
 * Several sources as one: what several inputs take, or several outputs are to answer with.
 */
G_DEFINE_FINAL_TYPE (StrataJoinedSource, strata_joined_source, STRATA_TYPE_SOURCE)

static gboolean
joined_source_fill (StrataSource  *source,
                    guint          array,
                    const gint64  *indices,
                    gint64         n,
                    StrataDType    dtype,
                    gpointer       target,
                    GError       **error)
{
  StrataJoinedSource *self = STRATA_JOINED_SOURCE (source);

  return strata_source_fill (g_ptr_array_index (self->sources, array), 0, indices, n, dtype, target, error);
}

static void
strata_joined_source_finalize (GObject *object)
{
  g_ptr_array_unref (STRATA_JOINED_SOURCE (object)->sources);

  G_OBJECT_CLASS (strata_joined_source_parent_class)->finalize (object);
}

static void
strata_joined_source_class_init (StrataJoinedSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_joined_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = joined_source_fill;
}

static void
strata_joined_source_init (StrataJoinedSource *self)
{
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * strata_joined_source_new:
 * @sources: (element-type StrataSource): one or more, of one array each, all with as many samples
 *
 * Returns: (transfer full): a sample of each of them as one
 */
StrataSource *
strata_joined_source_new (GPtrArray *sources)
{
  StrataJoinedSource *self = g_object_new (STRATA_TYPE_JOINED_SOURCE, NULL);

  strata_source_set_size (STRATA_SOURCE (self), strata_source_get_size (g_ptr_array_index (sources, 0)));
  for (guint i = 0; i < sources->len; i++)
    {
      StrataShape shape;
      StrataDType dtype;

      g_ptr_array_add (self->sources, g_object_ref (g_ptr_array_index (sources, i)));
      strata_source_get_spec (g_ptr_array_index (sources, i), 0, &dtype, &shape);
      strata_source_add_array (STRATA_SOURCE (self), dtype, &shape);
    }
  return STRATA_SOURCE (self);
}
