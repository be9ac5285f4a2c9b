/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/reduce-op.h"

#include <math.h>

/* NaN wins, so that it is seen. */
static float
pick (float x,
      float y)
{
  return x != x || x < y ? x : y;
}

static void
min_columns (const float *in,
             gint64       n,
             gint64       width,
             float       *out)
{
  for (gint64 i = 0; i < n; i++)
    for (gint64 j = 0; j < width; j++)
      out[j] = pick (in[i * width + j], out[j]);
}

static float
min_row (float        start,
         const float *in,
         gint64       n)
{
  for (gint64 i = 0; i < n; i++)
    start = pick (in[i], start);
  return start;
}

static void
reduce_min_run (const StrataRun *run)
{
  static const StrataFold fold = { HUGE_VALF, min_columns, min_row };

  strata_reduce_fold (run, &fold);
}

STRATA_REDUCE_OP (reduce_min, reduce_min_run, strata_reduce_pick_gradient)

/**
 * strata_reduce_min:
 * @axes: bits of the axes to fold
 * @keep_dims: whether they stay as 1
 *
 * Returns: (transfer none): the smallest number along @axes
 */
StrataValue *
strata_reduce_min (StrataBuilder *b,
                   StrataValue   *x,
                   guint          axes,
                   gboolean       keep_dims)
{
  return strata_reduce_emit (b, &strata_op_reduce_min, x, axes, keep_dims);
}
