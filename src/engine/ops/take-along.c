/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/index-op.h"
#include "ops/sorting.h"

extern const StrataOp strata_op_take_along;

static gboolean
take_along_infer (StrataNode  *node,
                  GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0), *places = strata_node_shape (node, 1);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || !strata_index_is_dtype (node->inputs[1]->dtype) || x->rank < 1 ||
      x->rank != places->rank)
    return strata_op_mismatch (node, error, "float32 and whole numbers of as many dimensions");
  for (int i = 0; i < x->rank - 1; i++)
    if (x->dims[i] >= 0 && places->dims[i] >= 0 && x->dims[i] != places->dims[i])
      return strata_op_mismatch (node, error, "as many rows of numbers as of places");
  strata_node_set_output (node, 0, STRATA_FLOAT32, places);
  return TRUE;
}

static void
take_along_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0), *places = strata_node_shape (run->node, 1);
  gint64 n = x->dims[x->rank - 1], wanted = places->dims[x->rank - 1], rows = strata_shape_get_span (x, 0, x->rank - 1);
  StrataDType dtype = run->node->inputs[1]->dtype;
  const float *in = run->in[0];
  float *out = run->out[0];

  for (gint64 r = 0; r < rows; r++)
    for (gint64 i = 0; i < wanted; i++)
      {
        gint64 place = strata_index_get (dtype, run->in[1], r * wanted + i);

        place += place < 0 ? n : 0;
        out[r * wanted + i] = place >= 0 && place < n ? in[r * n + place] : 0;
      }
}

static void
take_along_gradient (StrataBuilder       *b,
                     const StrataNode    *node,
                     StrataValue *const  *grads,
                     StrataValue        **input_grads)
{
  const StrataShape *x = strata_node_shape (node, 0);

  input_grads[0] = strata_put_along (b, node->inputs[1], grads[0], x->dims[x->rank - 1]);
}

const StrataOp strata_op_take_along = {
  .name = "take_along",
  .n_inputs = 2,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .infer = take_along_infer,
  .run = take_along_run,
  .gradient = take_along_gradient,
};

/**
 * strata_take_along:
 * @places: whole numbers: where in its row each result is; may count from the end
 *
 * Returns: (transfer none): numbers of the rows of @x; 0 where there is no such place
 */
StrataValue *
strata_take_along (StrataBuilder *b,
                   StrataValue   *x,
                   StrataValue   *places)
{
  return strata_builder_emit (b, &strata_op_take_along, NULL, (StrataValue *[]){ x, places }, 2);
}
