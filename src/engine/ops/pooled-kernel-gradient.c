/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/pooled-op.h"

/* What becomes of the gradient of a convolution's kernel and the max pooling whose gradient it reads: see
 * graph/neighbours.c. Inputs: the convolution's, its result, what was pooled of it and the gradient of that. */

#define N_INPUTS 4

extern const StrataOp strata_op_conv_kernel_gradient;
extern const StrataOp strata_op_pooled_kernel_gradient;

static void
pooled_kernel_gradient_run (const StrataRun *run)
{
  const StrataNode *node = run->node;
  const StrataPooledAttrs *attrs = STRATA_ATTRS (StrataPooledAttrs, node);
  StrataPooledGradient dy = { .y = run->in[1], .pooled = run->in[2], .dpooled = run->in[3] };
  StrataConvShape shape;

  strata_pool_get_shape (&attrs->pool.options, strata_node_shape (node, 1), strata_node_shape (node, 2), &dy.pooling);
  strata_conv_get_shape (&attrs->conv.options, strata_node_shape (node, 0), &node->outputs[0].shape,
                         strata_node_shape (node, 1), &shape);
  strata_conv_backward_kernel_pooled (&shape, run->in[0], &dy, run->out[0]);
}

static double
pooled_kernel_gradient_flops (const StrataNode *node)
{
  StrataConvShape shape;

  strata_conv_get_shape (&STRATA_ATTRS (StrataPooledAttrs, node)->conv.options, strata_node_shape (node, 0),
                         &node->outputs[0].shape, strata_node_shape (node, 1), &shape);
  return strata_conv_get_flops (&shape);
}

const StrataOp strata_op_pooled_kernel_gradient = {
  .name = "pooled_kernel_gradient",
  .n_inputs = N_INPUTS,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataPooledAttrs),
  .run = pooled_kernel_gradient_run,
  .flops = pooled_kernel_gradient_flops,
};

/**
 * strata_conv_can_spread: (skip)
 * @node: a gradient of a convolution's kernel
 *
 * Returns: whether it can read a gradient of max pooling before that is spread
 */
gboolean
strata_conv_can_spread (const StrataNode *node)
{
  const StrataNode *pooling;
  StrataConvShape shape;

  if (node->op != &strata_op_conv_kernel_gradient || node->outputs[0].tensor != NULL)
    return FALSE;
  pooling = node->inputs[1]->node;
  if (pooling->op != &strata_op_max_pool_backward || pooling->outputs[0].tensor != NULL)
    return FALSE;
  strata_conv_get_shape (&STRATA_ATTRS (StrataConvAttrs, node)->options, strata_node_shape (node, 0),
                         &node->outputs[0].shape, strata_node_shape (node, 1), &shape);
  return strata_conv_can_pooled (&shape);
}

/**
 * strata_conv_spread: (skip)
 * @node: for which strata_conv_can_spread() holds; becomes a `pooled_kernel_gradient`
 */
void
strata_conv_spread (StrataNode *node)
{
  const StrataNode *pooling = node->inputs[1]->node;
  StrataPooledAttrs attrs = { *STRATA_ATTRS (StrataConvAttrs, node), *STRATA_ATTRS (StrataPoolAttrs, pooling) };

  node->inputs = g_renew (StrataValue *, node->inputs, N_INPUTS);
  for (guint i = 0; i < pooling->n_inputs; i++)
    node->inputs[i + 1] = pooling->inputs[i];
  node->n_inputs = N_INPUTS;
  node->op = &strata_op_pooled_kernel_gradient;
  g_free (node->attrs);
  node->attrs = g_memdup2 (&attrs, sizeof attrs);
}
