/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/conv-op.h"

typedef struct
{
  StrataConvShape shape;
} Attrs;

extern const StrataOp strata_op_conv_weights;

static gboolean
conv_weights_infer (StrataNode  *node,
                    GError     **error)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);

  if (node->inputs[0]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error, "float32");
  strata_node_set_output (node, 0, STRATA_FLOAT32, &STRATA_SHAPE (strata_conv_get_prepared (&attrs->shape)));
  return TRUE;
}

static void
conv_weights_run (const StrataRun *run)
{
  strata_conv_prepare (&STRATA_ATTRS (Attrs, run->node)->shape, run->in[0], run->out[0]);
}

const StrataOp strata_op_conv_weights = {
  .name = "conv_weights",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = conv_weights_infer,
  .run = conv_weights_run,
};

/**
 * strata_conv_weights: (skip)
 * @kernel: of a convolution
 * @shape: of that convolution
 *
 * Programs prepare what depends on weights alone once for many runs.
 * Returns: (transfer none): the weights as strata_conv_forward_prepared() takes them
 */
StrataValue *
strata_conv_weights (StrataBuilder         *b,
                     StrataValue           *kernel,
                     const StrataConvShape *shape)
{
  return strata_builder_emit (b, &strata_op_conv_weights, &(Attrs){ *shape }, &kernel, 1);
}
