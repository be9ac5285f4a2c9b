/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/indexing.h"
#include "ops/shaping.h"

extern const StrataOp strata_op_argmax;

static gboolean
argmax_infer (StrataNode  *node,
              GError     **error)
{
  StrataShape shape = *strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || shape.rank == 0 || shape.dims[shape.rank - 1] == 0)
    return strata_op_mismatch (node, error, "float32 of one or more dimensions, the last not empty");
  shape.rank--;
  strata_node_set_output (node, 0, STRATA_INT32, &shape);
  return TRUE;
}

static void
argmax_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  gint64 n = x->dims[x->rank - 1], rows = strata_shape_get_span (x, 0, x->rank - 1);
  const float *row = run->in[0];
  gint32 *out = run->out[0];

  for (gint64 r = 0; r < rows; r++, row += n)
    {
      gint32 best = 0;

      for (gint64 i = 1; i < n; i++)
        if (row[i] > row[best])
          best = i;
      out[r] = best;
    }
}

const StrataOp strata_op_argmax = {
  .name = "argmax",
  .n_inputs = 1,
  .n_outputs = 1,
  .infer = argmax_infer,
  .run = argmax_run,
};

/**
 * strata_argmax:
 * @axis: along which dimension; may count from the end
 *
 * Returns: (transfer none): int32: where the largest number is, the first of equals
 */
StrataValue *
strata_argmax (StrataBuilder *b,
               StrataValue   *x,
               int            axis)
{
  int last = x->shape.rank - 1, permutation[STRATA_MAX_RANK], n = 0;

  axis = axis < 0 ? axis + x->shape.rank : axis;
  if (axis >= 0 && axis < last)
    {
      for (int i = 0; i <= last; i++)
        if (i != axis)
          permutation[n++] = i;
      permutation[last] = axis;
      x = strata_transpose (b, x, permutation);
    }
  return strata_builder_emit (b, &strata_op_argmax, NULL, &x, 1);
}
