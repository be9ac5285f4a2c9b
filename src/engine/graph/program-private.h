/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "graph/prepare.h"
#include "graph/program.h"
#include "ops/fused.h"

G_BEGIN_DECLS

/* One thing a program does: a node, a chain of elementwise nodes, or a copy. */
typedef struct
{
  StrataNode *node;    /* the node, or the last of the chain; NULL for a copy */
  StrataFused *fused;  /* the chain, or NULL */
  guint n_inputs, n_outputs;
  StrataValue **inputs;
  StrataValue **outputs;
  gconstpointer *in;
  gpointer *out;
  double seconds, fastest;
} StrataStep;

/* A variable that gets a new value at the end of a run. */
typedef struct
{
  StrataVariable *variable;
  StrataValue *value;
  gboolean direct;     /* the step that makes the value writes it there */
  gconstpointer source;
} StrataStore;

struct _StrataProgram
{
  StrataBuilder *builder;
  GPtrArray *inputs;   /* StrataValue */
  GArray *steps;       /* StrataStep: copies, then what is prepared, then the rest */
  guint first_prepared, end_prepared;
  StrataWatch watch;
  GArray *stores;      /* StrataStore */
  StrataValue **outputs;
  guint n_outputs;
  GHashTable *memory;  /* StrataValue (base) -> where it is */
  char *block; /* that has the arena */
  char *arena;
  gsize arena_size;
  char *scratch;
  guint profile_every;               /* one run of so many is measured, or none */
  guint64 profiled_runs, all_runs;   /* since profiling began */
  double all_seconds;                /* that all of these took */
};

/* The value whose memory @value's is: views share that of what they view. */
static inline StrataValue *
strata_value_get_base (StrataValue *value)
{
  while (value->tensor == NULL && value->node->op != NULL && (value->node->op->flags & STRATA_OP_VIEW))
    value = value->node->inputs[0];
  return value;
}

void strata_program_build_steps   (StrataProgram *self, const gboolean *live, const guint *groups,
                                   const gboolean *prepared);
void strata_program_place_storage (StrataProgram *self);
void strata_step_clear            (StrataStep *self);

G_END_DECLS
