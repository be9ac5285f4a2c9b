/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/rows.h"

gboolean
strata_rows_infer (StrataNode  *node,
                   GError     **error)
{
  if (node->inputs[0]->dtype != STRATA_FLOAT32 || strata_node_shape (node, 0)->rank == 0)
    return strata_op_mismatch (node, error, "float32 of one or more dimensions");
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

void
strata_rows_run (const StrataRun *run,
                 StrataRow        row)
{
  const StrataShape *shape = &run->node->outputs[0].shape;
  gint64 n = shape->dims[shape->rank - 1], rows = strata_shape_get_span (shape, 0, shape->rank - 1);

  for (gint64 i = 0; i < rows && n > 0; i++)
    row ((const float *) run->in[0] + i * n, n, (float *) run->out[0] + i * n);
}
