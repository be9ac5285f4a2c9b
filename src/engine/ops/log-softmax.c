/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "kernels/vmath.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/rows.h"
#include "ops/softmax.h"

extern const StrataOp strata_op_log_softmax;

static void
log_softmax_row (const float *x,
                 gint64       n,
                 float       *y)
{
  float maximum = x[0], sum = 0;

  for (gint64 i = 1; i < n; i++)
    maximum = x[i] > maximum ? x[i] : maximum;
  for (gint64 i = 0; i < n; i++)
    sum += vm_exp (x[i] - maximum);
  sum = logf (sum);
  for (gint64 i = 0; i < n; i++)
    y[i] = x[i] - maximum - sum;
}

static void
log_softmax_run (const StrataRun *run)
{
  strata_rows_run (run, log_softmax_row);
}

static void
log_softmax_gradient (StrataBuilder       *b,
                      const StrataNode    *node,
                      StrataValue *const  *grads,
                      StrataValue        **input_grads)
{
  StrataValue *y = strata_exp (b, (StrataValue *) &node->outputs[0]);
  StrataValue *sum = strata_reduce_sum (b, grads[0], strata_axis_bit (y, -1), TRUE);

  input_grads[0] = strata_subtract (b, grads[0], strata_multiply (b, y, sum));
}

const StrataOp strata_op_log_softmax = {
  .name = "log_softmax",
  .n_inputs = 1,
  .n_outputs = 1,
  .infer = strata_rows_infer,
  .run = log_softmax_run,
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
