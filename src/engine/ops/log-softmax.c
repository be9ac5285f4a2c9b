/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "kernels/vmath.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/softmax.h"

extern const StrataOp strata_op_log_softmax;

static gboolean
log_softmax_infer (StrataNode  *node,
                   GError     **error)
{
  if (node->inputs[0]->dtype != STRATA_FLOAT32 || strata_node_shape (node, 0)->rank == 0)
    return strata_op_mismatch (node, error, "float32 of one or more dimensions");
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

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
  const StrataShape *shape = &run->node->outputs[0].shape;
  gint64 n = shape->dims[shape->rank - 1], rows = strata_shape_get_span (shape, 0, shape->rank - 1);

  for (gint64 i = 0; i < rows && n > 0; i++)
    log_softmax_row ((const float *) run->in[0] + i * n, n, (float *) run->out[0] + i * n);
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
  .infer = log_softmax_infer,
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
