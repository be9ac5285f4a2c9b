/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <string.h>

typedef struct
{
  int axis;
} Attrs;

extern const StrataOp strata_op_reverse;

static gboolean
reverse_infer (StrataNode  *node,
               GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (STRATA_ATTRS (Attrs, node)->axis < 0 || STRATA_ATTRS (Attrs, node)->axis >= x->rank)
    return strata_op_mismatch (node, error, "an axis below %d", x->rank);
  strata_node_set_output (node, 0, node->inputs[0]->dtype, x);
  return TRUE;
}

static void
reverse_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  int axis = STRATA_ATTRS (Attrs, run->node)->axis;
  gint64 n = x->dims[axis], outer = strata_shape_get_span (x, 0, axis);
  gsize unit = strata_shape_get_span (x, axis + 1, x->rank) * strata_dtype_get_size (run->node->inputs[0]->dtype);

  for (gint64 o = 0; o < outer; o++)
    for (gint64 i = 0; i < n; i++)
      memcpy ((char *) run->out[0] + (o * n + i) * unit, (const char *) run->in[0] + (o * n + n - 1 - i) * unit, unit);
}

static void
reverse_gradient (StrataBuilder       *b,
                  const StrataNode    *node,
                  StrataValue *const  *grads,
                  StrataValue        **input_grads)
{
  input_grads[0] = strata_reverse (b, grads[0], STRATA_ATTRS (Attrs, node)->axis);
}

const StrataOp strata_op_reverse = {
  .name = "reverse",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .attrs_size = sizeof (Attrs),
  .infer = reverse_infer,
  .run = reverse_run,
  .gradient = reverse_gradient,
};

/**
 * strata_reverse:
 * @axis: along which dimension; may count from the end
 *
 * Returns: (transfer none): @x from back to front
 */
StrataValue *
strata_reverse (StrataBuilder *b,
                StrataValue   *x,
                int            axis)
{
  return strata_builder_emit (b, &strata_op_reverse, &(Attrs){ axis < 0 ? axis + x->shape.rank : axis }, &x, 1);
}
