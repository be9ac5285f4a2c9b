/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/index-op.h"

#include <string.h>

typedef struct
{
  gint64 n;
} Attrs;

extern const StrataOp strata_op_one_hot;

static gboolean
one_hot_infer (StrataNode  *node,
               GError     **error)
{
  StrataShape shape = *strata_node_shape (node, 0);

  if (!strata_index_is_dtype (node->inputs[0]->dtype) || shape.rank == STRATA_MAX_RANK)
    return strata_op_mismatch (node, error, "whole numbers of at most %d dimensions", STRATA_MAX_RANK - 1);
  strata_shape_append (&shape, STRATA_ATTRS (Attrs, node)->n);
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
one_hot_run (const StrataRun *run)
{
  gint64 n = STRATA_ATTRS (Attrs, run->node)->n, rows = strata_shape_get_size (strata_node_shape (run->node, 0));
  float *out = run->out[0];

  memset (out, 0, rows * n * sizeof *out);
  for (gint64 r = 0; r < rows; r++)
    {
      gint64 index = strata_index_get (run->node->inputs[0]->dtype, run->in[0], r);

      if (index >= 0 && index < n)
        out[r * n + index] = 1;
    }
}

const StrataOp strata_op_one_hot = {
  .name = "one_hot",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = one_hot_infer,
  .run = one_hot_run,
};

/**
 * strata_one_hot:
 * @indices: whole numbers, of any type
 * @n: how many classes
 *
 * Returns: (transfer none): float32, one dimension more: 1 at the index, else 0;
 *   all 0 where the index is none of 0 to @n - 1
 */
StrataValue *
strata_one_hot (StrataBuilder *b,
                StrataValue   *indices,
                gint64         n)
{
  return strata_builder_emit (b, &strata_op_one_hot, &(Attrs){ n }, &indices, 1);
}
