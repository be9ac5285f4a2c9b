/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/pooled-op.h"

/* The gradient of a convolution's kernel where the convolution pools by itself and tells which cells were the largest.
 * Inputs: the convolution's, those cells and the gradient of what was pooled. */

#define N_INPUTS 3

extern const StrataOp strata_op_pooled_kernel_gradient;
extern const StrataOp strata_op_pooled_cells_gradient;

static void
get_shape (const StrataNode *node,
           StrataPooledConv *shape)
{
  strata_pooled_get_shape (STRATA_ATTRS (StrataPooledAttrs, node), strata_node_shape (node, 0), &node->outputs[0].shape,
                           strata_node_shape (node, 2), shape);
}

static void
pooled_cells_gradient_run (const StrataRun *run)
{
  StrataPooledConv shape;

  get_shape (run->node, &shape);
  strata_pooled_conv_backward_cells (&shape, run->in[0], run->in[1], run->in[2], run->out[0]);
}

static double
pooled_cells_gradient_flops (const StrataNode *node)
{
  StrataPooledConv shape;

  get_shape (node, &shape);
  return strata_conv_get_flops (&shape.conv);
}

const StrataOp strata_op_pooled_cells_gradient = {
  .name = "pooled_cells_gradient",
  .n_inputs = N_INPUTS,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataPooledAttrs),
  .run = pooled_cells_gradient_run,
  .flops = pooled_cells_gradient_flops,
};

/**
 * strata_conv_can_use_cells: (skip)
 * @node: a node
 * @pooling: for which strata_conv_can_pool() holds
 *
 * Returns: whether @node is the gradient of the kernel by what @pooling pools
 */
gboolean
strata_conv_can_use_cells (const StrataNode *node,
                           const StrataNode *pooling)
{
  return node->op == &strata_op_pooled_kernel_gradient && node->inputs[0] == pooling->inputs[0]->node->inputs[0] &&
         node->inputs[1] == pooling->inputs[0] && node->inputs[2] == &pooling->outputs[0];
}

/**
 * strata_conv_use_cells: (skip)
 * @node: for which strata_conv_can_use_cells() holds; becomes a `pooled_cells_gradient`
 * @pooling: what it takes the cells from
 */
void
strata_conv_use_cells (StrataNode *node,
                       StrataNode *pooling)
{
  node->inputs[1] = &pooling->outputs[1];
  node->inputs[2] = node->inputs[N_INPUTS];
  node->n_inputs = N_INPUTS;
  node->op = &strata_op_pooled_cells_gradient;
}
