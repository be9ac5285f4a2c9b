/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <string.h>

typedef struct
{
  int axis;
} Attrs;

extern const StrataOp strata_op_concatenate;

static gboolean
concatenate_infer (StrataNode  *node,
                   GError     **error)
{
  int axis = STRATA_ATTRS (Attrs, node)->axis;
  StrataShape shape = *strata_node_shape (node, 0);
  gint64 total = 0;

  if (axis < 0 || axis >= shape.rank)
    return strata_op_mismatch (node, error, "an axis below %d", shape.rank);
  for (guint i = 0; i < node->n_inputs; i++)
    {
      StrataShape other = *strata_node_shape (node, i);

      if (other.rank != shape.rank)
        return strata_op_mismatch (node, error, "inputs with as many dimensions");
      total = total < 0 || other.dims[axis] < 0 ? STRATA_UNKNOWN : total + other.dims[axis];
      other.dims[axis] = shape.dims[axis];
      if (!strata_shape_is_compatible (&other, &shape) || node->inputs[i]->dtype != node->inputs[0]->dtype)
        return strata_op_mismatch (node, error, "inputs that are alike except along axis %d", axis);
      for (int d = 0; d < shape.rank; d++)
        shape.dims[d] = MAX (shape.dims[d], other.dims[d]);
    }
  shape.dims[axis] = total;
  strata_node_set_output (node, 0, node->inputs[0]->dtype, &shape);
  return TRUE;
}

static void
concatenate_run (const StrataRun *run)
{
  const StrataNode *node = run->node;
  int axis = STRATA_ATTRS (Attrs, node)->axis;
  const StrataShape *y = &node->outputs[0].shape;
  gsize size = strata_dtype_get_size (node->outputs[0].dtype);
  gint64 outer = strata_shape_get_span (y, 0, axis);
  gsize row = strata_shape_get_span (y, axis, y->rank) * size;
  gsize at = 0;

  for (guint i = 0; i < node->n_inputs; i++)
    {
      const StrataShape *x = strata_node_shape (node, i);
      gsize part = strata_shape_get_span (x, axis, x->rank) * size;

      for (gint64 o = 0; o < outer; o++)
        memcpy ((char *) run->out[0] + o * row + at, (const char *) run->in[i] + o * part, part);
      at += part;
    }
}

static void
concatenate_gradient (StrataBuilder       *b,
                      const StrataNode    *node,
                      StrataValue *const  *grads,
                      StrataValue        **input_grads)
{
  int axis = STRATA_ATTRS (Attrs, node)->axis;
  gint64 at = 0;

  for (guint i = 0; i < node->n_inputs; i++)
    {
      gint64 n = strata_node_shape (node, i)->dims[axis];

      input_grads[i] = strata_slice (b, grads[0], axis, at, n);
      at += n;
    }
}

const StrataOp strata_op_concatenate = {
  .name = "concatenate",
  .n_inputs = -1,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .attrs_size = sizeof (Attrs),
  .infer = concatenate_infer,
  .run = concatenate_run,
  .gradient = concatenate_gradient,
};

/**
 * strata_concatenate:
 * @axis: along which dimension
 *
 * Returns: (transfer none): the inputs one after the other
 */
StrataValue *
strata_concatenate (StrataBuilder      *b,
                    StrataValue *const *xs,
                    guint               n,
                    int                 axis)
{
  return strata_builder_emit (b, &strata_op_concatenate, &(Attrs){ axis < 0 ? axis + xs[0]->shape.rank : axis }, xs, n);
}
