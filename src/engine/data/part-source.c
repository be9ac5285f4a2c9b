/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data/part-source.h"

struct _StrataPartSource
{
  StrataSource parent_instance;

  StrataSource *source;
  guint array;
};

/**
 * StrataPartSource:
 *
 * One of the arrays of another source: what one input of several takes.
 */
G_DEFINE_FINAL_TYPE (StrataPartSource, strata_part_source, STRATA_TYPE_SOURCE)

static gboolean
part_source_fill (StrataSource  *source,
                  guint          array,
                  const gint64  *indices,
                  gint64         n,
                  StrataDType    dtype,
                  gpointer       target,
                  GError       **error)
{
  StrataPartSource *self = STRATA_PART_SOURCE (source);

  return strata_source_fill (self->source, self->array, indices, n, dtype, target, error);
}

static void
strata_part_source_finalize (GObject *object)
{
  g_object_unref (STRATA_PART_SOURCE (object)->source);

  G_OBJECT_CLASS (strata_part_source_parent_class)->finalize (object);
}

static void
strata_part_source_class_init (StrataPartSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_part_source_finalize;
  STRATA_SOURCE_CLASS (klass)->fill = part_source_fill;
}

static void
strata_part_source_init (StrataPartSource *self)
{
}

/**
 * strata_part_source_new:
 * @array: which of its arrays
 *
 * Returns: (transfer full): the samples of @source with that array alone
 */
StrataSource *
strata_part_source_new (StrataSource *source,
                        guint         array)
{
  StrataPartSource *self = g_object_new (STRATA_TYPE_PART_SOURCE, NULL);
  StrataShape shape;
  StrataDType dtype;

  self->source = g_object_ref (source);
  self->array = array;
  strata_source_get_spec (source, array, &dtype, &shape);
  strata_source_set_size (STRATA_SOURCE (self), strata_source_get_size (source));
  strata_source_add_array (STRATA_SOURCE (self), dtype, &shape);
  return STRATA_SOURCE (self);
}
