/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/reduce-op.h"

static void
product_columns (const float *in,
                 gint64       n,
                 gint64       width,
                 float       *out)
{
  for (gint64 i = 0; i < n; i++)
    for (gint64 j = 0; j < width; j++)
      out[j] *= in[i * width + j];
}

static float
product_row (float        start,
             const float *in,
             gint64       n)
{
  for (gint64 i = 0; i < n; i++)
    start *= in[i];
  return start;
}

static void
reduce_prod_run (const StrataRun *run)
{
  static const StrataFold fold = { 1.0f, product_columns, product_row };

  strata_reduce_fold (run, &fold);
}

static void
reduce_prod_gradient (StrataBuilder       *b,
                      const StrataNode    *node,
                      StrataValue *const  *grads,
                      StrataValue        **input_grads)
{
  StrataValue *product = strata_reduce_expand (b, node, (StrataValue *) &node->outputs[0]);
  StrataValue *grad = strata_reduce_expand (b, node, grads[0]);

  input_grads[0] = strata_multiply (b, grad, strata_divide (b, product, node->inputs[0]));
}

STRATA_REDUCE_OP (reduce_prod, reduce_prod_run, reduce_prod_gradient)

/**
 * strata_reduce_prod:
 * @axes: bits of the axes to fold
 * @keep_dims: whether they stay as 1
 *
 * Returns: (transfer none): the products; their gradient is exact where no factor is 0
 */
StrataValue *
strata_reduce_prod (StrataBuilder *b,
                    StrataValue   *x,
                    guint          axes,
                    gboolean       keep_dims)
{
  return strata_reduce_emit (b, &strata_op_reduce_prod, x, axes, keep_dims);
}
