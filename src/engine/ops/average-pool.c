/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/pool-op.h"

static void
average_pool_run (const StrataRun *run)
{
  StrataPoolingShape shape;

  strata_pool_get_shape (&STRATA_ATTRS (StrataPoolAttrs, run->node)->options, strata_node_shape (run->node, 0),
                         &run->node->outputs[0].shape, &shape);
  strata_pooling_average (&shape, run->in[0], run->out[0]);
}

static void
average_pool_gradient (StrataBuilder       *b,
                       const StrataNode    *node,
                       StrataValue *const  *grads,
                       StrataValue        **input_grads)
{
  StrataPoolAttrs attrs = *STRATA_ATTRS (StrataPoolAttrs, node);

  for (int d = 0; d < strata_node_shape (node, 0)->rank - 2; d++)
    attrs.in[d] = strata_node_shape (node, 0)->dims[d + 1];
  input_grads[0] = strata_builder_emit (b, &strata_op_average_pool_backward, &attrs, grads, 1);
}

const StrataOp strata_op_average_pool = {
  .name = "average_pool",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataPoolAttrs),
  .infer = strata_pool_infer,
  .run = average_pool_run,
  .gradient = average_pool_gradient,
};

/**
 * strata_average_pool:
 * @x: of shape (batch, spatial..., channels)
 *
 * Returns: (transfer none): the mean of each window, channel by channel; cells
 *   outside the input do not count
 */
StrataValue *
strata_average_pool (StrataBuilder           *b,
                     StrataValue             *x,
                     const StrataPoolOptions *options)
{
  return strata_builder_emit (b, &strata_op_average_pool, &(StrataPoolAttrs){ .options = *options }, &x, 1);
}
