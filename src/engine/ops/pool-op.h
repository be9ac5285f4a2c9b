/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/pool.h"

G_BEGIN_DECLS

/* What pooling and its gradients share. */

extern const StrataOp strata_op_max_pool;
extern const StrataOp strata_op_max_pool_backward;
extern const StrataOp strata_op_average_pool;
extern const StrataOp strata_op_average_pool_backward;

/**
 * StrataPoolAttrs:
 * @options: the windows
 * @in: size of the input, for average_pool_backward, which does not see it
 */
typedef struct
{
  StrataPoolOptions options;
  gint64 in[STRATA_POOLING_MAX_DIMS];
} StrataPoolAttrs;

gboolean strata_pool_infer     (StrataNode *node, GError **error);
void     strata_pool_get_shape (const StrataPoolOptions *options, const StrataShape *x, const StrataShape *y,
                                StrataPoolingShape *shape);

G_END_DECLS
