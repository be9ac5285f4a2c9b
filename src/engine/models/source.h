/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/error.h"
#include "tensor/tensor.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SOURCE (strata_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (StrataSource, strata_source, STRATA, SOURCE, GObject)

/**
 * StrataSourceClass:
 * @get_size: how many samples there are
 * @get_n_arrays: how many arrays a sample has
 * @get_spec: type and shape of an array of one sample: without the batch
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

  gint64   (*get_size)     (StrataSource *self);
  guint    (*get_n_arrays) (StrataSource *self);
  void     (*get_spec)     (StrataSource *self, guint array, StrataDType *dtype, StrataShape *shape);
  gboolean (*fill)         (StrataSource *self, guint array, const gint64 *indices, gint64 n, StrataDType dtype, gpointer target, GError **error);

  gpointer padding[4];
};

gint64   strata_source_get_size     (StrataSource *self);
guint    strata_source_get_n_arrays (StrataSource *self);
void     strata_source_get_spec     (StrataSource *self, guint array, StrataDType *dtype, StrataShape *shape);
gboolean strata_source_fill         (StrataSource *self, guint array, const gint64 *indices, gint64 n, StrataDType dtype, gpointer target, GError **error);

/* Arrays in memory: the first dimension of each is the samples; all must have as many. */
StrataSource *strata_array_source_new  (StrataTensor *const *arrays, guint n_arrays, GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataSource *strata_array_source_new1 (StrataTensor *array) G_GNUC_WARN_UNUSED_RESULT;
/* The samples from first up to but not including last of another. */
StrataSource *strata_slice_source_new  (StrataSource *source, gint64 first, gint64 last) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
