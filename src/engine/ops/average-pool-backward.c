/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/pool-op.h"

static gboolean
average_pool_backward_infer (StrataNode  *node,
                             GError     **error)
{
  StrataShape shape = *strata_node_shape (node, 0);

  if (shape.rank < 3 || shape.rank > 2 + STRATA_POOLING_MAX_DIMS)
    return strata_op_mismatch (node, error, "3 to 5 dimensions");
  for (int d = 0; d < shape.rank - 2; d++)
    shape.dims[d + 1] = STRATA_ATTRS (StrataPoolAttrs, node)->in[d];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
average_pool_backward_run (const StrataRun *run)
{
  StrataPoolingShape shape;

  strata_pool_get_shape (&STRATA_ATTRS (StrataPoolAttrs, run->node)->options, &run->node->outputs[0].shape,
                         strata_node_shape (run->node, 0), &shape);
  strata_pooling_average_backward (&shape, run->in[0], run->out[0]);
}

static void
average_pool_backward_gradient (StrataBuilder       *b,
                                const StrataNode    *node,
                                StrataValue *const  *grads,
                                StrataValue        **input_grads)
{
  input_grads[0] = strata_average_pool (b, grads[0], &STRATA_ATTRS (StrataPoolAttrs, node)->options);
}

/* Gradient of the result; makes the gradient of the input. */
const StrataOp strata_op_average_pool_backward = {
  .name = "average_pool_backward",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataPoolAttrs),
  .infer = average_pool_backward_infer,
  .run = average_pool_backward_run,
  .gradient = average_pool_backward_gradient,
};
