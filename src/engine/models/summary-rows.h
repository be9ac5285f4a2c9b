/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"
#include "models/mask-graph.h"
#include "models/model.h"

G_BEGIN_DECLS

/* Models inside models are unfolded so far. */
#define STRATA_SUMMARY_MAX_DEPTH 32

/* What the table and the JSON say of a layer. */
typedef struct
{
  StrataLayer *layer;
  const StrataMaskOp *mask; /* in place of a layer */
  StrataSpec *specs;        /* its outputs; none where they are not known */
  guint n_specs;
  GPtrArray *sites;         /* (nullable): its calls in the model */
  char *connections;
} StrataSummaryRow;

typedef struct
{
  StrataModel *model;
  gboolean connected;
  GArray *rows;
} StrataSummaryRows;

void strata_summary_rows_init  (StrataSummaryRows *self, StrataModel *model);
void strata_summary_rows_clear (StrataSummaryRows *self);

G_END_DECLS
