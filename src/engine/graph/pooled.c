/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph/pooled.h"

#include "graph/uses.h"
#include "ops/reduce-op.h"

/* Where max pooling follows a ReLU, its gradient is masked while it is as small as what was pooled (see
 * max_pool_gradient()): what it then passes back is zero wherever the ReLU's result is, and sums up to the same. */

static gboolean
is_zero (const StrataValue *value)
{
  return value->tensor != NULL && value->dtype == STRATA_FLOAT32 && strata_shape_get_size (&value->shape) == 1 &&
         strata_tensor_get_floats (value->tensor)[0] == 0;
}

/* Whether @value tells where @number is above zero. */
static gboolean
is_mask_of (const StrataValue *value,
            const StrataValue *number)
{
  return strata_node_is (value->node, "greater") && value->node->inputs[0] == number &&
         is_zero (value->node->inputs[1]);
}

/* Returns what is masked, if @node keeps it where @number is above zero. */
static StrataValue *
find_masked (const StrataNode  *node,
             const StrataValue *number)
{
  if (!strata_node_is (node, "where") || !is_mask_of (node->inputs[0], number) || !is_zero (node->inputs[2]))
    return NULL;
  return node->inputs[1];
}

static gboolean
is_masked_pooling (const StrataNode *node)
{
  return strata_node_is (node, "max_pool_backward") && find_masked (node->inputs[2]->node, node->inputs[1]) != NULL;
}

/**
 * strata_drop_pooled_mask: (skip)
 * @node: one whose inputs come before it
 *
 * Returns: (nullable): a gradient that max pooling passes back, if @node masks it once more
 */
StrataValue *
strata_drop_pooled_mask (const StrataNode *node)
{
  const StrataNode *pooling;

  if (!strata_node_is (node, "where") || !is_masked_pooling (pooling = node->inputs[1]->node))
    return NULL;
  return find_masked (node, pooling->inputs[0]);
}

/**
 * strata_sum_pooled: (skip)
 * @node: one whose inputs come before it
 *
 * The sum over all cells of what max pooling passes back becomes that of what it got.
 */
void
strata_sum_pooled (StrataNode *node)
{
  int rank;

  if (!strata_node_is (node, "reduce_sum") || !is_masked_pooling (node->inputs[0]->node))
    return;
  rank = node->inputs[0]->shape.rank;
  if (STRATA_ATTRS (StrataReduceAttrs, node)->axes == STRATA_AXIS (rank - 1) - 1)
    node->inputs[0] = node->inputs[0]->node->inputs[2];
}
