/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/increment.h"

extern const StrataOp strata_op_increment;

static gboolean
increment_infer (StrataNode  *node,
                 GError     **error)
{
  if (node->inputs[0]->dtype != STRATA_INT64 || strata_node_shape (node, 0)->rank != 0 ||
      node->inputs[1]->dtype != STRATA_FLOAT32 || strata_node_shape (node, 1)->rank != 0)
    return strata_op_mismatch (node, error, "an int64 and a float32 scalar");
  strata_node_set_output (node, 0, STRATA_INT64, strata_node_shape (node, 0));
  return TRUE;
}

static void
increment_run (const StrataRun *run)
{
  const gint64 *counter = run->in[0];
  const float *condition = run->in[1];

  *(gint64 *) run->out[0] = *counter + (*condition != 0);
}

const StrataOp strata_op_increment = {
  .name = "increment",
  .n_inputs = 2,
  .n_outputs = 1,
  .infer = increment_infer,
  .run = increment_run,
};

/**
 * strata_increment: (skip)
 * @counter: an int64 scalar
 * @condition: (nullable): a scalar; where it is 0 the counter stays
 *
 * Returns: (transfer none): @counter plus 1
 */
StrataValue *
strata_increment (StrataBuilder *b,
                  StrataValue   *counter,
                  StrataValue   *condition)
{
  if (condition == NULL)
    condition = strata_builder_scalar (b, 1);
  return strata_builder_emit (b, &strata_op_increment, NULL, (StrataValue *[]){ counter, condition }, 2);
}
