/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

G_BEGIN_DECLS

/* What the reductions share: attributes, shapes, and the walk over the input. */
typedef struct
{
  guint axes;
  gboolean keep_dims;
} StrataReduceAttrs;

/**
 * StrataFold:
 * @start: what an empty reduction gives
 * @columns: folds @n rows of @width numbers into @out, number by number
 * @row: folds @n numbers into one
 */
typedef struct
{
  float start;
  void (*columns) (const float *in, gint64 n, gint64 width, float *out);
  float (*row) (float start, const float *in, gint64 n);
} StrataFold;

gsize        strata_reduce_scratch (const StrataNode *node);
gboolean     strata_reduce_infer  (StrataNode *node, GError **error);
void         strata_reduce_fold   (const StrataRun *run, const StrataFold *fold);
StrataValue *strata_reduce_expand (StrataBuilder *b, const StrataNode *node, StrataValue *value);
void         strata_reduce_pick_gradient (StrataBuilder *b, const StrataNode *node, StrataValue *const *grads,
                                          StrataValue **input_grads);
StrataValue *strata_reduce_emit   (StrataBuilder *b, const StrataOp *op, StrataValue *x, guint axes,
                                   gboolean keep_dims);

#define STRATA_REDUCE_OP(op_name, op_run, op_gradient)  \
  extern const StrataOp strata_op_##op_name;            \
  const StrataOp strata_op_##op_name = {                \
    .name = #op_name,                                   \
    .n_inputs = 1,                                      \
    .n_outputs = 1,                                     \
    .attrs_size = sizeof (StrataReduceAttrs),           \
    .infer = strata_reduce_infer,                       \
    .scratch = strata_reduce_scratch,                   \
    .run = op_run,                                      \
    .gradient = op_gradient,                            \
  };

G_END_DECLS
