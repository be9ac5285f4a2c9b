/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/pool-op.h"

static gboolean
max_pool_backward_infer (StrataNode  *node,
                         GError     **error)
{
  if (!strata_shape_is_compatible (strata_node_shape (node, 1), strata_node_shape (node, 2)))
    return strata_op_mismatch (node, error, "a result and a gradient of the same shape");
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

static void
max_pool_backward_run (const StrataRun *run)
{
  StrataPoolingShape shape;

  strata_pool_get_shape (&STRATA_ATTRS (StrataPoolAttrs, run->node)->options, strata_node_shape (run->node, 0),
                         strata_node_shape (run->node, 1), &shape);
  strata_pooling_max_backward (&shape, run->in[0], run->in[1], run->in[2], run->out[0]);
}

/* Input, result, gradient of the result; makes the gradient of the input. */
const StrataOp strata_op_max_pool_backward = {
  .name = "max_pool_backward",
  .n_inputs = 3,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataPoolAttrs),
  .infer = max_pool_backward_infer,
  .run = max_pool_backward_run,
};
