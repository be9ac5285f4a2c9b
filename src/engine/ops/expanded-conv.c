/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/expanded-conv.h"

#include "ops/conv-op.h"
#include "ops/epilogue.h"

/* What becomes of a depthwise convolution and the pointwise one before it: see graph/neighbours.c. */

/* Inputs: those of the depthwise convolution, of which the first is what is expanded, then weights and bias of that. */
#define N_INPUTS 5
#define EXPANSION_KERNEL 3
#define EXPANSION_BIAS 4

typedef struct
{
  StrataConvAttrs conv;
  StrataEpilogueKind expansion;
} Attrs;

extern const StrataOp strata_op_expanded_conv;

/* Sizes of the depthwise convolution. */
static void
get_shape (const StrataNode *node,
           StrataConvShape  *shape)
{
  StrataShape x = *strata_node_shape (node, 0);

  x.dims[x.rank - 1] = node->outputs[0].shape.dims[x.rank - 1];
  strata_conv_get_shape (&STRATA_ATTRS (Attrs, node)->conv.options, &x, strata_node_shape (node, 1),
                         &node->outputs[0].shape, shape);
}

static void
expanded_conv_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  StrataExpansion expansion = {
    .n_features = x->dims[x->rank - 1],
    .x = run->in[0],
    .w = run->in[EXPANSION_KERNEL],
    .bias = run->in[EXPANSION_BIAS],
    .kind = STRATA_ATTRS (Attrs, run->node)->expansion,
  };
  StrataEpilogue epilogue = { .bias = run->in[2], .kind = STRATA_ATTRS (Attrs, run->node)->conv.epilogue };
  StrataConvShape shape;

  get_shape (run->node, &shape);
  strata_expanded_conv_forward (&shape, &expansion, run->in[1], run->out[0], &epilogue);
}

static double
expanded_conv_flops (const StrataNode *node)
{
  const StrataShape *x = strata_node_shape (node, 0);
  StrataConvShape shape;

  get_shape (node, &shape);
  return strata_conv_get_flops (&shape) + 2.0 * strata_shape_get_size (x) * shape.in_channels;
}

const StrataOp strata_op_expanded_conv = {
  .name = "expanded_conv",
  .n_inputs = N_INPUTS,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .run = expanded_conv_run,
  .flops = expanded_conv_flops,
};

/* With a bias and no addend. */
static gboolean
is_plain (const StrataNode *node)
{
  return node->op == &strata_op_conv && node->outputs[0].tensor == NULL && node->n_inputs == 3 &&
         !STRATA_ATTRS (StrataConvAttrs, node)->prepared;
}

/**
 * strata_conv_can_expand: (skip)
 * @node: a convolution, after those before it
 *
 * Returns: whether it is a depthwise one of what a pointwise one makes, which it could make by itself
 */
gboolean
strata_conv_can_expand (const StrataNode *node)
{
  const StrataNode *before;
  const StrataShape *x;
  StrataConvShape shape;

  if (!is_plain (node) || !is_plain (before = node->inputs[0]->node) || !strata_conv_is_pointwise (before))
    return FALSE;
  x = strata_node_shape (node, 0);
  strata_conv_get_shape (&STRATA_ATTRS (StrataConvAttrs, node)->options, x, strata_node_shape (node, 1),
                         &node->outputs[0].shape, &shape);
  return strata_expanded_conv_can (&shape);
}

/**
 * strata_conv_expand: (skip)
 * @node: for which strata_conv_can_expand() holds; becomes an `expanded_conv`
 */
void
strata_conv_expand (StrataNode *node)
{
  const StrataNode *before = node->inputs[0]->node;
  Attrs attrs = { *STRATA_ATTRS (StrataConvAttrs, node), STRATA_ATTRS (StrataConvAttrs, before)->epilogue };

  node->inputs = g_renew (StrataValue *, node->inputs, N_INPUTS);
  node->inputs[0] = before->inputs[0];
  node->inputs[EXPANSION_KERNEL] = before->inputs[1];
  node->inputs[EXPANSION_BIAS] = before->inputs[2];
  node->n_inputs = N_INPUTS;
  node->op = &strata_op_expanded_conv;
  g_free (node->attrs);
  node->attrs = g_memdup2 (&attrs, sizeof attrs);
}
