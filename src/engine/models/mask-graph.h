/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/symbol.h"

G_BEGIN_DECLS

typedef struct _StrataMaskOp StrataMaskOp;
typedef struct _StrataMaskGraph StrataMaskGraph;

/**
 * StrataMask:
 * @op: (nullable): what computes it
 * @symbol: (nullable): the tensor that it is, where it was given by hand
 *
 * A mask in a functional model; neither is set where there is none.
 */
typedef struct
{
  StrataMaskOp *op;
  StrataSymbol *symbol;
} StrataMask;

/**
 * StrataMaskOp:
 * @class_name: Keras's operation
 * @name: what it is called in the model
 * @config: its parameters besides the name
 * @operands: (element-type StrataMask): what it takes
 * @constant: (nullable): a number that it takes after the operands
 * @takes_list: whether the operands are one argument
 * @spec: what it makes
 *
 * An operation that Keras puts into a functional model to compute a mask.
 */
struct _StrataMaskOp
{
  const char *class_name;
  char *name;
  JsonObject *config;
  GArray *operands;
  JsonNode *constant;
  gboolean takes_list;
  StrataSpec spec;
};

StrataMaskGraph *strata_mask_graph_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void             strata_mask_graph_free         (StrataMaskGraph *self);
void             strata_mask_graph_add_site     (StrataMaskGraph *self, StrataSite *site);
GPtrArray       *strata_mask_graph_get_ops      (StrataMaskGraph *self);
StrataMask       strata_mask_graph_get_recorded (StrataMaskGraph *self, const StrataSite *site, guint i);
gboolean         strata_site_records_call       (const StrataSite *site);
gboolean         strata_site_records_mask       (const StrataSite *site);
void             strata_mask_op_set_name        (StrataMaskOp *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataMaskGraph, strata_mask_graph_free)

G_END_DECLS
