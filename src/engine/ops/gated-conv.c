/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/gemm.h"

#include "ops/conv-op.h"
#include "ops/elementwise.h"

/* What becomes of a pointwise convolution and the product before it of each image by a number a channel, as
 * squeeze-and-excitation has it: see graph/neighbours.c. Inputs: those of the convolution, with the gates before an
 * addend. */
#define GATES 3
#define ADDEND 4
/* The weights are multiplied for each image: less work, where it has so many cells. */
#define MIN_CELLS 128

extern const StrataOp strata_op_gated_conv;
extern const StrataOp strata_op_multiply;

static void
gated_conv_run (const StrataRun *run)
{
  const StrataNode *node = run->node;
  const StrataShape *x = strata_node_shape (node, 0), *y = &node->outputs[0].shape;
  gint64 batch = x->dims[0], k = x->dims[x->rank - 1], m = strata_shape_get_size (x) / (batch * k);
  StrataEpilogue epilogue = {
    .bias = run->in[2],
    .kind = STRATA_ATTRS (StrataConvAttrs, node)->epilogue,
    .addend = node->n_inputs > ADDEND ? run->in[ADDEND] : NULL,
  };

  strata_gemm_gated (batch, m, y->dims[y->rank - 1], k, run->in[0], run->in[GATES], run->in[1], run->out[0], &epilogue);
}

static double
gated_conv_flops (const StrataNode *node)
{
  const StrataShape *y = &node->outputs[0].shape;

  return 2.0 * strata_shape_get_size (strata_node_shape (node, 0)) * y->dims[y->rank - 1];
}

const StrataOp strata_op_gated_conv = {
  .name = "gated_conv",
  .n_inputs = -1,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataConvAttrs),
  .in_place = { ADDEND + 1 },
  .run = gated_conv_run,
  .flops = gated_conv_flops,
};

/* Returns which input of @product are gates for the other: a number for each channel of each image; or -1. */
static int
find_gates (const StrataNode *product)
{
  const StrataShape *shape = &product->outputs[0].shape;

  if (product->op != &strata_op_multiply || product->outputs[0].tensor != NULL ||
      strata_shape_get_size (shape) < MIN_CELLS * shape->dims[0] * shape->dims[shape->rank - 1])
    return -1;
  for (int i = 0; i < 2; i++)
    {
      const StrataShape *gates = strata_node_shape (product, i);
      gint64 n = shape->dims[0] * shape->dims[shape->rank - 1];

      if (gates->rank == shape->rank && gates->dims[0] == shape->dims[0] && strata_shape_get_size (gates) == n &&
          gates->dims[gates->rank - 1] == shape->dims[shape->rank - 1] &&
          strata_shape_equal (strata_node_shape (product, 1 - i), shape))
        return i;
    }
  return -1;
}

/**
 * strata_conv_can_gate: (skip)
 *
 * Returns: whether @node is a pointwise convolution of what is multiplied by a
 *   number a channel of each image, which it could do by itself
 */
gboolean
strata_conv_can_gate (const StrataNode *node)
{
  return node->op == &strata_op_conv && node->outputs[0].tensor == NULL && node->n_inputs >= GATES &&
         strata_conv_is_pointwise (node) && find_gates (node->inputs[0]->node) >= 0;
}

/**
 * strata_conv_gate: (skip)
 * @node: for which strata_conv_can_gate() holds; becomes a `gated_conv`
 */
void
strata_conv_gate (StrataNode *node)
{
  const StrataNode *product = node->inputs[0]->node;
  int gates = find_gates (product);

  node->inputs = g_renew (StrataValue *, node->inputs, node->n_inputs + 1);
  if (node->n_inputs == ADDEND)
    node->inputs[ADDEND] = node->inputs[GATES];
  node->inputs[GATES] = product->inputs[gates];
  node->inputs[0] = product->inputs[1 - gates];
  node->n_inputs++;
  node->op = &strata_op_gated_conv;
}
