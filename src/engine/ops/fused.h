/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/op.h"

G_BEGIN_DECLS

/**
 * StrataFused:
 *
 * A chain of elementwise nodes run in one pass: each step works on blocks that
 * stay in the first-level cache, so only what enters and leaves the chain
 * touches memory.
 */
typedef struct _StrataFused StrataFused;

/* Inputs and steps that a chain may have. */
#define STRATA_FUSED_MAX_REGISTERS 96

StrataFused *strata_fused_new        (const StrataShape *shape);
void         strata_fused_free       (StrataFused *self);
guint        strata_fused_add_input  (StrataFused *self, const StrataShape *shape);
guint        strata_fused_add_step   (StrataFused *self, const StrataNode *node, const guint *registers);
void         strata_fused_add_output (StrataFused *self, guint reg);
char        *strata_fused_describe   (const StrataFused *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean     strata_fused_may_share  (StrataFused *self, guint input, guint output);
void         strata_fused_run        (StrataFused *self, const float *const *inputs, float *const *outputs);
void         strata_fused_run_single (const StrataRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataFused, strata_fused_free)

G_END_DECLS
