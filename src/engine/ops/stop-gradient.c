/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

extern const StrataOp strata_op_stop_gradient;

static gboolean
stop_gradient_infer (StrataNode  *node,
                     GError     **error)
{
  strata_node_set_output (node, 0, node->inputs[0]->dtype, strata_node_shape (node, 0));
  return TRUE;
}

const StrataOp strata_op_stop_gradient = {
  .name = "stop_gradient",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_VIEW,
  .infer = stop_gradient_infer,
};

/**
 * strata_stop_gradient:
 *
 * Returns: (transfer none): @x, which gradients take for a constant
 */
StrataValue *
strata_stop_gradient (StrataBuilder *b,
                      StrataValue   *x)
{
  return strata_builder_emit (b, &strata_op_stop_gradient, NULL, &x, 1);
}
