/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/reduce-op.h"

/* Rows are summed in small groups first: adding many small numbers to a large one loses them. */
#define GROUP 128
#define TILE 64

static void
sum_tile (const float *in,
          gint64       n,
          gint64       stride,
          gint64       width,
          float       *out)
{
  for (gint64 start = 0; start < n; start += GROUP)
    {
      float sums[TILE] = { 0 };

      for (gint64 i = start; i < MIN (start + GROUP, n); i++)
        for (gint64 j = 0; j < width; j++)
          sums[j] += in[i * stride + j];
      for (gint64 j = 0; j < width; j++)
        out[j] += sums[j];
    }
}

static void
sum_columns (const float *in,
             gint64       n,
             gint64       width,
             float       *out)
{
  for (gint64 j = 0; j < width; j += TILE)
    sum_tile (in + j, n, width, MIN (TILE, width - j), out + j);
}

static float
sum_row (float        start,
         const float *in,
         gint64       n)
{
  double total = start;

  for (gint64 i = 0; i < n; i += GROUP * 16)
    {
      float lanes[16] = { 0 };
      gint64 m = MIN (GROUP * 16, n - i), j = 0;

      for (; j + 16 <= m; j += 16)
        for (int lane = 0; lane < 16; lane++)
          lanes[lane] += in[i + j + lane];
      for (; j < m; j++)
        lanes[j % 16] += in[i + j];
      for (int lane = 0; lane < 16; lane++)
        total += lanes[lane];
    }
  return total;
}

static void
reduce_sum_run (const StrataRun *run)
{
  static const StrataFold fold = { 0.0f, sum_columns, sum_row };

  strata_reduce_fold (run, &fold);
}

static void
reduce_sum_gradient (StrataBuilder       *b,
                     const StrataNode    *node,
                     StrataValue *const  *grads,
                     StrataValue        **input_grads)
{
  input_grads[0] = strata_broadcast_to (b, strata_reduce_expand (b, node, grads[0]), strata_node_shape (node, 0));
}

STRATA_REDUCE_OP (reduce_sum, reduce_sum_run, reduce_sum_gradient)

/**
 * strata_reduce_sum:
 * @axes: bits of the axes to sum along
 * @keep_dims: whether they stay as 1
 *
 * Returns: (transfer none): the sums
 */
StrataValue *
strata_reduce_sum (StrataBuilder *b,
                   StrataValue   *x,
                   guint          axes,
                   gboolean       keep_dims)
{
  return strata_reduce_emit (b, &strata_op_reduce_sum, x, axes, keep_dims);
}
