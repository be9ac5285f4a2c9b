/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/builder.h"

G_BEGIN_DECLS

struct _StrataBuilder
{
  gboolean eager;
  gboolean declaring;
  guint64 seed;
  guint n_streams;
  GPtrArray *nodes;       /* StrataNode, owned */
  GHashTable *initial;    /* StrataVariable (owned) -> StrataValue first read */
  GHashTable *current;    /* StrataVariable -> StrataValue last assigned */
  GHashTable *settled;    /* StrataVariable: those whose value a step ended with */
  GPtrArray *assigned;    /* StrataVariable, in order of first assignment */
  GPtrArray *losses;      /* StrataValue */
  GStringChunk *names;    /* of scopes and inputs: they come from files, and go with the graph */
  GPtrArray *scopes;      /* StrataScope, owned */
  const StrataScope *scope;
  StrataPhase phase;
  StrataDType precision;
  GHashTable *texts;      /* input StrataValue -> texts it will hold first, or NULL */
  StrataValue *nothing;
  GError *error;
};

gboolean     strata_builder_multiplies   (StrataBuilder *self, const StrataOp *op, StrataValue *const *inputs);
StrataValue *strata_builder_round_result (StrataBuilder *self, StrataNode *node);

G_END_DECLS
