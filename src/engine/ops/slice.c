/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <inttypes.h>
#include <string.h>

typedef struct
{
  int axis;
  gint64 start, n;
} Attrs;

extern const StrataOp strata_op_slice;

static gboolean
slice_infer (StrataNode  *node,
             GError     **error)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);
  StrataShape shape = *strata_node_shape (node, 0);

  if (attrs->axis < 0 || attrs->axis >= shape.rank)
    return strata_op_mismatch (node, error, "an axis below %d", shape.rank);
  if (attrs->start < 0 || attrs->n < 0 ||
      (shape.dims[attrs->axis] >= 0 && attrs->start + attrs->n > shape.dims[attrs->axis]))
    return strata_op_mismatch (node, error, "at least %" PRId64 " along axis %d",
                               attrs->start + attrs->n, attrs->axis);
  shape.dims[attrs->axis] = attrs->n;
  strata_node_set_output (node, 0, node->inputs[0]->dtype, &shape);
  return TRUE;
}

static void
slice_run (const StrataRun *run)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, run->node);
  const StrataShape *x = strata_node_shape (run->node, 0);
  gsize unit = strata_shape_get_span (x, attrs->axis + 1,
                                      x->rank) * strata_dtype_get_size (run->node->inputs[0]->dtype);
  gsize row = x->dims[attrs->axis] * unit, part = attrs->n * unit;
  gint64 outer = strata_shape_get_span (x, 0, attrs->axis);

  for (gint64 o = 0; o < outer; o++)
    memcpy ((char *) run->out[0] + o * part, (const char *) run->in[0] + o * row + attrs->start * unit, part);
}

static void
slice_gradient (StrataBuilder       *b,
                const StrataNode    *node,
                StrataValue *const  *grads,
                StrataValue        **input_grads)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);
  gint64 before[STRATA_MAX_RANK] = { 0 }, after[STRATA_MAX_RANK] = { 0 };

  before[attrs->axis] = attrs->start;
  after[attrs->axis] = strata_node_shape (node, 0)->dims[attrs->axis] - attrs->start - attrs->n;
  input_grads[0] = strata_pad (b, grads[0], before, after, 0);
}

const StrataOp strata_op_slice = {
  .name = "slice",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .attrs_size = sizeof (Attrs),
  .infer = slice_infer,
  .run = slice_run,
  .gradient = slice_gradient,
};

/**
 * strata_slice:
 * @axis: along which dimension
 * @start: from where
 * @n: how many
 *
 * Returns: (transfer none): part of @x
 */
StrataValue *
strata_slice (StrataBuilder *b,
              StrataValue   *x,
              int            axis,
              gint64         start,
              gint64         n)
{
  return strata_builder_emit (b, &strata_op_slice, &(Attrs){ axis < 0 ? axis + x->shape.rank : axis, start, n }, &x, 1);
}
