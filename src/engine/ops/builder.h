/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/error.h"
#include "ops/op.h"
#include "ops/variable.h"

G_BEGIN_DECLS

/**
 * StrataBuilder:
 *
 * What layers, losses, gradients and optimizers call ops through. A recording
 * builder only notes the nodes, for [struct@Program] to compile; dimensions may
 * be unknown, so it also infers shapes. An eager one runs each op at once.
 *
 * Errors stick: the first is kept, later ops do nothing and return a value of
 * no use, and whoever began takes the error with strata_builder_take_error().
 * So code between need not check. Values belong to the builder and die with it.
 */

StrataBuilder *strata_builder_new_recording (void) G_GNUC_WARN_UNUSED_RESULT;
StrataBuilder *strata_builder_new_eager     (guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
void           strata_builder_free          (StrataBuilder *self);
StrataBuilder *strata_builder_new_declaring (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean       strata_builder_is_eager      (StrataBuilder *self);
gboolean       strata_builder_is_declaring  (StrataBuilder *self);

StrataValue *strata_builder_input    (StrataBuilder *self, const char *name, StrataDType dtype,
                                      const StrataShape *shape);
StrataValue *strata_builder_constant (StrataBuilder *self, StrataTensor *tensor);
StrataValue *strata_builder_scalar   (StrataBuilder *self, double value);
StrataValue *strata_builder_read     (StrataBuilder *self, StrataVariable *variable);
StrataValue *strata_builder_read_initial (StrataBuilder *self, StrataVariable *variable);
void         strata_builder_assign   (StrataBuilder *self, StrataVariable *variable, StrataValue *value);
void         strata_builder_settle   (StrataBuilder *self, StrataVariable *variable);
StrataValue *strata_builder_emit     (StrataBuilder *self, const StrataOp *op, gconstpointer attrs,
                                      StrataValue *const *inputs, guint n_inputs);
guint        strata_builder_next_stream (StrataBuilder *self);

/* Errors */
void         strata_builder_fail       (StrataBuilder *self, StrataError code, const char *format,
                                        ...) G_GNUC_PRINTF (3, 4);
gboolean     strata_builder_has_failed (StrataBuilder *self);
gboolean     strata_builder_take_error (StrataBuilder *self, GError **error);
StrataValue *strata_builder_nothing    (StrataBuilder *self);

/* The layer being called and what for, for messages and profiles */
void               strata_builder_push_scope (StrataBuilder *self, const char *name);
void               strata_builder_pop_scope  (StrataBuilder *self);
const StrataScope *strata_builder_set_scope  (StrataBuilder *self, const StrataScope *scope);
StrataPhase        strata_builder_set_phase  (StrataBuilder *self, StrataPhase phase);

/* What results are rounded to */
StrataDType strata_builder_set_precision (StrataBuilder *self, StrataDType precision);
StrataDType strata_builder_get_precision (StrataBuilder *self);

/* Losses that layers add (activity regularizers, add_loss) */
void             strata_builder_add_loss   (StrataBuilder *self, StrataValue *loss);
const GPtrArray *strata_builder_get_losses (StrataBuilder *self);
void             strata_builder_drop_losses (StrataBuilder *self, guint n);
void             strata_builder_repeat_losses (StrataBuilder *self, guint n, gint64 times);

/* For compilers: nodes in order of recording; variables assigned, with their new values */
const GPtrArray *strata_builder_get_nodes   (StrataBuilder *self);
guint            strata_builder_get_n_assigned (StrataBuilder *self);
StrataVariable  *strata_builder_get_assigned (StrataBuilder *self, guint i, StrataValue **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataBuilder, strata_builder_free)

G_END_DECLS
