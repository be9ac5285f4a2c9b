/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataProgram:
 *
 * A recorded graph made ready to run again and again: dead code gone, constants
 * folded, chains fused, and all memory laid out beforehand, so that a run
 * allocates nothing. One run at a time.
 */
typedef struct _StrataProgram StrataProgram;

/**
 * StrataProfileEntry:
 * @scope: (nullable): the layer, loss, metric or optimizer that the step belongs to
 * @phase: what it is for
 * @op: the op, or the ops of a chain with "+" between them
 * @shape: the shape of its first result
 * @runs: how often it was measured since profiling began
 * @seconds: time spent in the runs that were measured
 * @all_seconds: its share of the time of all runs since then
 * @fastest: time spent in the fastest of them
 * @flops: floating-point operations of one run, as far as they are known
 *
 * What one step of a program costs.
 */
typedef struct
{
  const StrataScope *scope;
  StrataPhase phase;
  const char *op;
  const StrataShape *shape;
  guint64 runs;
  double seconds, all_seconds, fastest;
  double flops;
} StrataProfileEntry;

typedef void (*StrataProfileFunc) (const StrataProfileEntry *entry, gpointer user_data);

StrataProgram *strata_program_compile (StrataBuilder *builder, StrataValue *const *outputs, guint n_outputs,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           strata_program_free    (StrataProgram *self);
void           strata_program_run     (StrataProgram *self, guint64 seed, guint64 step);

guint              strata_program_get_n_inputs     (StrataProgram *self);
const StrataValue *strata_program_get_input        (StrataProgram *self, guint i);
const StrataValue *strata_program_find_input       (StrataProgram *self, const char *name);
gpointer           strata_program_get_input_data   (StrataProgram *self, const StrataValue *input);
StrataDType        strata_program_get_output_dtype (StrataProgram *self, guint i);
const StrataShape *strata_program_get_output_shape (StrataProgram *self, guint i);
gconstpointer      strata_program_get_output_data  (StrataProgram *self, guint i);
float              strata_program_get_output_float (StrataProgram *self, guint i);
StrataTensor      *strata_program_dup_output       (StrataProgram *self, guint i) G_GNUC_WARN_UNUSED_RESULT;

gsize strata_program_get_arena_size (StrataProgram *self);
guint strata_program_get_n_steps    (StrataProgram *self);
void  strata_program_set_profiling  (StrataProgram *self, guint every);
void  strata_program_profile        (StrataProgram *self, StrataProfileFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProgram, strata_program_free)

G_END_DECLS
