/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/softmax.h"

#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/rows.h"
#include "ops/shaping.h"

extern const StrataOp strata_op_softmax;

static void
softmax_rows (const float *x,
              gint64       n_rows,
              gint64       n,
              float       *y)
{
  float maxima[STRATA_ROWS_MAX];

  strata_rows_exp (x, n_rows, n, maxima, y);
  for (gint64 r = 0; r < n_rows; r++, y += n)
    {
      float sum = 0;

      for (gint64 i = 0; i < n; i++)
        sum += y[i];
      for (gint64 i = 0; i < n; i++)
        y[i] /= sum;
    }
}

static void
softmax_run (const StrataRun *run)
{
  strata_rows_run (run, softmax_rows);
}

static void
softmax_gradient (StrataBuilder       *b,
                  const StrataNode    *node,
                  StrataValue *const  *grads,
                  StrataValue        **input_grads)
{
  StrataValue *y = strata_node_get_result (node);
  StrataValue *dot = strata_reduce_sum (b, strata_multiply (b, grads[0], y), strata_axis_bit (y, -1), TRUE);

  input_grads[0] = strata_multiply (b, y, strata_subtract (b, grads[0], dot));
}

static StrataValue *
softmax_steps (StrataBuilder    *b,
               const StrataNode *node)
{
  guint last = strata_axis_bit (node->inputs[0], -1);
  StrataValue *x = strata_subtract (b, node->inputs[0], strata_reduce_max (b, node->inputs[0], last, TRUE));

  return strata_divide (b, strata_exp (b, x), strata_reduce_sum (b, strata_exp (b, x), last, TRUE));
}

const StrataOp strata_op_softmax = {
  .name = "softmax",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_LOGITS,
  .infer = strata_rows_infer,
  .run = softmax_run,
  .steps = softmax_steps,
  .gradient = softmax_gradient,
};

/**
 * strata_softmax:
 *
 * Returns: (transfer none): numbers from 0 to 1 that sum to 1 along the last dimension
 */
StrataValue *
strata_softmax (StrataBuilder *b,
                StrataValue   *x)
{
  return strata_builder_emit (b, &strata_op_softmax, NULL, &x, 1);
}

/**
 * strata_softmax_along:
 * @axis: along which dimension; may count from the end
 *
 * Returns: (transfer none): softmax along @axis
 */
StrataValue *
strata_softmax_along (StrataBuilder *b,
                      StrataValue   *x,
                      int            axis)
{
  int last = x->shape.rank - 1, permutation[STRATA_MAX_RANK];

  axis = axis < 0 ? axis + x->shape.rank : axis;
  if (axis == last || axis < 0 || axis > last)
    return strata_softmax (b, x);
  for (int i = 0; i <= last; i++)
    permutation[i] = i;
  permutation[axis] = last;
  permutation[last] = axis;
  return strata_transpose (b, strata_softmax (b, strata_transpose (b, x, permutation)), permutation);
}
