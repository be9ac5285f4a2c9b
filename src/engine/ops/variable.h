/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/object.h"
#include "ops/types.h"
#include "tensor/tensor.h"

G_BEGIN_DECLS

/**
 * StrataVariable:
 * @name: what Keras calls it, such as "kernel"
 * @path: (nullable): "dense/kernel"
 * @dtype: element type
 * @shape: its shape, all known
 * @tensor: its value; %NULL until first needed, so that a model can be looked
 *   at without its memory. Where it is never changes.
 * @trainable: whether its kind is trained at all; layers may be frozen besides
 * @initializer: (nullable): what makes its first value
 * @initialize: (nullable): writes that value
 * @seed: what @initialize draws from
 * @version: grows whenever the value may have changed: what was made from it is then made anew
 *
 * A tensor that training changes: a weight, an optimizer's slot, a metric's state.
 */
struct _StrataVariable
{
  gatomicrefcount ref_count;
  char *name;
  char *path;
  StrataDType dtype;
  StrataShape shape;
  StrataTensor *tensor;
  gboolean trainable;
  StrataObject *initializer;
  StrataObject *regularizer;
  StrataObject *constraint;
  gboolean (*initialize) (StrataVariable *self, StrataTensor *tensor, GError **error);
  guint64 seed;
  guint64 version;
};

#define STRATA_TYPE_VARIABLE (strata_variable_get_type ())

GType           strata_variable_get_type  (void) G_GNUC_CONST;
StrataVariable *strata_variable_new       (const char *name, StrataTensor *tensor,
                                           gboolean trainable) G_GNUC_WARN_UNUSED_RESULT;
StrataVariable *strata_variable_new_lazy  (const char *name, StrataDType dtype, const StrataShape *shape,
                                           gboolean trainable) G_GNUC_WARN_UNUSED_RESULT;
gboolean        strata_variable_materialize (StrataVariable *self, GError **error);
StrataVariable *strata_variable_ref       (StrataVariable *self);
void            strata_variable_unref     (StrataVariable *self);
const char     *strata_variable_get_name  (StrataVariable *self);
const StrataShape *strata_variable_get_shape (StrataVariable *self);
StrataTensor   *strata_variable_get_tensor (StrataVariable *self);
float          *strata_variable_get_floats (StrataVariable *self);
gboolean        strata_variable_assign    (StrataVariable *self, const StrataTensor *tensor, GError **error);
gboolean        strata_variable_take      (StrataVariable *self, StrataTensor *tensor, GError **error);
void            strata_variable_fill      (StrataVariable *self, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataVariable, strata_variable_unref)

G_END_DECLS
