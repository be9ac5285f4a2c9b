/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/pooled-op.h"

/* What becomes of max pooling and the convolution before it: see graph/pooled-conv.c. Inputs are those of the
 * convolution; the second output tells which cell of a window was the largest. */

extern const StrataOp strata_op_pooled_conv;

/* @kernel, @pooled: of a layer that convolves @x and pools */
void
strata_pooled_get_shape (const StrataPooledAttrs *attrs,
                         const StrataShape       *x,
                         const StrataShape       *kernel,
                         const StrataShape       *pooled,
                         StrataPooledConv        *shape)
{
  const StrataConvOptions *options = &attrs->conv.options;
  StrataShape y = *pooled;

  for (int d = 0; d < x->rank - 2; d++)
    y.dims[d + 1] = strata_conv_count (options, d, x->dims[d + 1], kernel->dims[d]);
  strata_conv_get_shape (options, x, kernel, &y, &shape->conv);
  strata_pool_get_shape (&attrs->pool.options, &y, pooled, &shape->pooling);
}

static void
get_shape (const StrataNode *node,
           StrataPooledConv *shape)
{
  strata_pooled_get_shape (STRATA_ATTRS (StrataPooledAttrs, node), strata_node_shape (node, 0),
                           strata_node_shape (node, 1), &node->outputs[0].shape, shape);
}

static void
pooled_conv_run (const StrataRun *run)
{
  const StrataPooledAttrs *attrs = STRATA_ATTRS (StrataPooledAttrs, run->node);
  StrataPooledConv shape;

  get_shape (run->node, &shape);
  strata_pooled_conv_forward (&shape, run->in[0], run->in[1], run->node->n_inputs > 2 ? run->in[2] : NULL,
                              attrs->conv.epilogue == STRATA_EPILOGUE_RELU, run->out[0], run->out[1]);
}

static double
pooled_conv_flops (const StrataNode *node)
{
  StrataPooledConv shape;

  get_shape (node, &shape);
  return strata_conv_get_flops (&shape.conv);
}

const StrataOp strata_op_pooled_conv = {
  .name = "pooled_conv",
  .n_inputs = -1,
  .n_outputs = 2,
  .attrs_size = sizeof (StrataPooledAttrs),
  .run = pooled_conv_run,
  .flops = pooled_conv_flops,
};

static StrataPooledAttrs
get_attrs (const StrataNode *pooling)
{
  return (StrataPooledAttrs){ *STRATA_ATTRS (StrataConvAttrs, pooling->inputs[0]->node),
                              *STRATA_ATTRS (StrataPoolAttrs, pooling) };
}

/**
 * strata_conv_can_pool: (skip)
 * @pooling: a node
 *
 * Returns: whether it pools what a convolution makes that could pool by itself
 */
gboolean
strata_conv_can_pool (const StrataNode *pooling)
{
  const StrataNode *conv;
  StrataPooledAttrs attrs;
  StrataPooledConv shape;

  if (pooling->op != &strata_op_max_pool || pooling->outputs[0].tensor != NULL)
    return FALSE;
  conv = pooling->inputs[0]->node;
  if (conv->op != &strata_op_conv || conv->outputs[0].tensor != NULL || conv->n_inputs > 3)
    return FALSE;
  attrs = get_attrs (pooling);
  if (attrs.conv.prepared || attrs.conv.epilogue > STRATA_EPILOGUE_RELU)
    return FALSE;
  strata_pooled_get_shape (&attrs, strata_node_shape (conv, 0), strata_node_shape (conv, 1), &pooling->outputs[0].shape,
                           &shape);
  return strata_pooled_conv_can_forward (&shape);
}

/**
 * strata_conv_pool: (skip)
 * @pooling: for which strata_conv_can_pool() holds; becomes a `pooled_conv`
 */
void
strata_conv_pool (StrataNode *pooling)
{
  const StrataNode *conv = pooling->inputs[0]->node;
  StrataPooledAttrs attrs = get_attrs (pooling);

  pooling->inputs = g_renew (StrataValue *, pooling->inputs, conv->n_inputs);
  for (guint i = 0; i < conv->n_inputs; i++)
    pooling->inputs[i] = conv->inputs[i];
  pooling->n_inputs = conv->n_inputs;
  pooling->op = &strata_op_pooled_conv;
  pooling->scope = conv->scope;
  g_free (pooling->attrs);
  pooling->attrs = g_memdup2 (&attrs, sizeof attrs);
  strata_node_set_output (pooling, 1, STRATA_INT32, &pooling->outputs[0].shape);
}
