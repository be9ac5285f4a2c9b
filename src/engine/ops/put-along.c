/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/index-op.h"
#include "ops/sorting.h"

#include <string.h>

typedef struct
{
  gint64 n;
} Attrs;

extern const StrataOp strata_op_put_along;

static gboolean
put_along_infer (StrataNode  *node,
                 GError     **error)
{
  StrataShape shape = *strata_node_shape (node, 1);

  if (!strata_index_is_dtype (node->inputs[0]->dtype) || node->inputs[1]->dtype != STRATA_FLOAT32 || shape.rank < 1 ||
      !strata_shape_is_compatible (strata_node_shape (node, 0), &shape))
    return strata_op_mismatch (node, error, "whole numbers and a float32 for each");
  shape.dims[shape.rank - 1] = STRATA_ATTRS (Attrs, node)->n;
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
put_along_run (const StrataRun *run)
{
  const StrataShape *values = strata_node_shape (run->node, 1);
  gint64 n = STRATA_ATTRS (Attrs, run->node)->n, given = values->dims[values->rank - 1];
  gint64 rows = strata_shape_get_span (values, 0, values->rank - 1);
  StrataDType dtype = run->node->inputs[0]->dtype;
  const float *in = run->in[1];
  float *out = run->out[0];

  memset (out, 0, rows * n * sizeof *out);
  for (gint64 r = 0; r < rows; r++)
    for (gint64 i = 0; i < given; i++)
      {
        gint64 place = strata_index_get (dtype, run->in[0], r * given + i);

        place += place < 0 ? n : 0;
        if (place >= 0 && place < n)
          out[r * n + place] += in[r * given + i];
      }
}

static void
put_along_gradient (StrataBuilder       *b,
                    const StrataNode    *node,
                    StrataValue *const  *grads,
                    StrataValue        **input_grads)
{
  input_grads[1] = strata_take_along (b, grads[0], node->inputs[0]);
}

const StrataOp strata_op_put_along = {
  .name = "put_along",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = put_along_infer,
  .run = put_along_run,
  .gradient = put_along_gradient,
};

/**
 * strata_put_along:
 * @places: whole numbers: where in its row each of @values goes
 * @n: how many numbers a row of the result has
 *
 * Returns: (transfer none): rows of the sums of what comes to each place
 */
StrataValue *
strata_put_along (StrataBuilder *b,
                  StrataValue   *places,
                  StrataValue   *values,
                  gint64         n)
{
  return strata_builder_emit (b, &strata_op_put_along, &(Attrs){ n }, (StrataValue *[]){ places, values }, 2);
}
