/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib-object.h>

#include "tensor/dtype.h"
#include "tensor/shape.h"

G_BEGIN_DECLS

/**
 * StrataTensor:
 *
 * A dense, row-major array: a data type, a shape without unknowns, and memory
 * aligned to 64 bytes. Reference counted; its type and shape never change.
 */
typedef struct _StrataTensor StrataTensor;

#define STRATA_TYPE_TENSOR (strata_tensor_get_type ())

GType              strata_tensor_get_type    (void) G_GNUC_CONST;
StrataTensor      *strata_tensor_new         (StrataDType dtype, const StrataShape *shape) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_try_alloc   (StrataDType dtype, const StrataShape *shape,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_try_new     (StrataDType dtype, const StrataShape *shape,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_new_scalar  (float value) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_new_floats  (const StrataShape *shape, const float *values) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_new_from_bytes (StrataDType dtype, const StrataShape *shape, GBytes *bytes,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes            *strata_tensor_to_bytes    (const StrataTensor *self) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_ref         (StrataTensor *self);
void               strata_tensor_unref       (StrataTensor *self);
StrataTensor      *strata_tensor_copy        (const StrataTensor *self) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_cast        (const StrataTensor *self, StrataDType dtype,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_reshape     (StrataTensor *self, const StrataShape *shape) G_GNUC_WARN_UNUSED_RESULT;
StrataTensor      *strata_tensor_slice       (StrataTensor *self, gint64 start, gint64 n) G_GNUC_WARN_UNUSED_RESULT;

StrataDType        strata_tensor_get_dtype   (const StrataTensor *self);
const StrataShape *strata_tensor_get_shape   (const StrataTensor *self);
gint64             strata_tensor_get_dim     (const StrataTensor *self, int axis);
gint64             strata_tensor_get_size    (const StrataTensor *self);
gsize              strata_tensor_get_bytes   (const StrataTensor *self);
gpointer           strata_tensor_get_data    (StrataTensor *self);
float             *strata_tensor_get_floats  (StrataTensor *self);
double             strata_tensor_get_number  (StrataTensor *self, gint64 i);
void               strata_tensor_set_string  (StrataTensor *self, gint64 i, const char *text);
void               strata_tensor_set_data    (StrataTensor *self, gconstpointer data);
gboolean           strata_tensor_copy_from   (StrataTensor *self, const StrataTensor *source, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTensor, strata_tensor_unref)

G_END_DECLS
