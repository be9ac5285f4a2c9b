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

/* For each factor the product of the others, also where one or several are 0. */
static void
reduce_prod_gradient (StrataBuilder       *b,
                      const StrataNode    *node,
                      StrataValue *const  *grads,
                      StrataValue        **input_grads)
{
  StrataValue *x = node->inputs[0], *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);
  StrataValue *is_zero = strata_equal (b, x, zero), *filled = strata_where (b, is_zero, one, x);
  StrataValue *n_zeros = strata_reduce_sum (b, is_zero, STRATA_ATTRS (StrataReduceAttrs, node)->axes, TRUE);
  StrataValue *product = strata_reduce_prod (b, filled, STRATA_ATTRS (StrataReduceAttrs, node)->axes, TRUE);
  StrataValue *beside_zero = strata_where (b, strata_equal (b, n_zeros, one), product, zero);
  StrataValue *beside_others = strata_where (b, n_zeros, zero, strata_divide (b, product, filled));

  input_grads[0] = strata_multiply (b, strata_reduce_expand (b, node, grads[0]),
                                    strata_where (b, is_zero, beside_zero, beside_others));
}

STRATA_REDUCE_OP (reduce_prod, reduce_prod_run, reduce_prod_gradient)

/**
 * strata_reduce_prod:
 * @axes: bits of the axes to fold
 * @keep_dims: whether they stay as 1
 *
 * Returns: (transfer none): the products
 */
StrataValue *
strata_reduce_prod (StrataBuilder *b,
                    StrataValue   *x,
                    guint          axes,
                    gboolean       keep_dims)
{
  return strata_reduce_emit (b, &strata_op_reduce_prod, x, axes, keep_dims);
}
