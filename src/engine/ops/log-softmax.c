/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/rows.h"
#include "ops/softmax.h"

extern const StrataOp strata_op_log_softmax;

static void
log_softmax_rows (const float *x,
                  gint64       n_rows,
                  gint64       n,
                  float       *y)
{
  float maxima[STRATA_ROWS_MAX];

  strata_rows_exp (x, n_rows, n, maxima, y);
  for (gint64 r = 0; r < n_rows; r++, x += n, y += n)
    {
      float sum = 0;

      for (gint64 i = 0; i < n; i++)
        sum += y[i];
      sum = logf (sum);
      for (gint64 i = 0; i < n; i++)
        y[i] = x[i] - maxima[r] - sum;
    }
}

static void
log_softmax_run (const StrataRun *run)
{
  strata_rows_run (run, log_softmax_rows);
}

static void
log_softmax_gradient (StrataBuilder       *b,
                      const StrataNode    *node,
                      StrataValue *const  *grads,
                      StrataValue        **input_grads)
{
  StrataValue *y = strata_exp (b, strata_node_get_result (node));
  StrataValue *sum = strata_reduce_sum (b, grads[0], strata_axis_bit (y, -1), TRUE);

  input_grads[0] = strata_subtract (b, grads[0], strata_multiply (b, y, sum));
}

static StrataValue *
log_softmax_steps (StrataBuilder    *b,
                   const StrataNode *node)
{
  guint last = strata_axis_bit (node->inputs[0], -1);
  StrataValue *x = strata_subtract (b, node->inputs[0], strata_reduce_max (b, node->inputs[0], last, TRUE));

  return strata_subtract (b, x, strata_log (b, strata_reduce_sum (b, strata_exp (b, x), last, TRUE)));
}

const StrataOp strata_op_log_softmax = {
  .name = "log_softmax",
  .n_inputs = 1,
  .n_outputs = 1,
  .infer = strata_rows_infer,
  .run = log_softmax_run,
  .steps = log_softmax_steps,
  .gradient = log_softmax_gradient,
};

/**
 * strata_log_softmax:
 *
 * Returns: (transfer none): the logarithm of softmax along the last dimension, without loss for small ones
 */
StrataValue *
strata_log_softmax (StrataBuilder *b,
                    StrataValue   *x)
{
  return strata_builder_emit (b, &strata_op_log_softmax, NULL, &x, 1);
}
