/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/error.h"
#include "tensor/tensor.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SOURCE (strata_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataSource, strata_source, STRATA, SOURCE, GObject)

/**
 * StrataSourceClass:
 * @fill: writes the samples numbered @indices of one array into @target, row
 *   after row, as @dtype
 *
 * Where samples come from: inputs, targets or weights. Samples are had by
 * number, so shuffling is the trainer's business, and sources may read files,
 * decode images or augment as they are asked.
 */
struct _StrataSourceClass
{
  GObjectClass parent_class;

  gboolean (*fill) (StrataSource *self, guint array, const gint64 *indices, gint64 n, StrataDType dtype,
                    gpointer target, GError **error);

  gpointer padding[4];
};

gint64   strata_source_get_size     (StrataSource *self);
guint    strata_source_get_n_arrays (StrataSource *self);
void     strata_source_get_spec     (StrataSource *self, guint array, StrataDType *dtype, StrataShape *shape);
gboolean strata_source_fill         (StrataSource *self, guint array, const gint64 *indices, gint64 n,
                                     StrataDType dtype, gpointer target, GError **error);

/* For classes of sources, while one is made */
void     strata_source_set_size     (StrataSource *self, gint64 size);
void     strata_source_add_array    (StrataSource *self, StrataDType dtype, const StrataShape *shape);

G_END_DECLS
