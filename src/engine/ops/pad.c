/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <string.h>

typedef struct
{
  gint64 before[STRATA_MAX_RANK], after[STRATA_MAX_RANK];
  float value;
} Attrs;

extern const StrataOp strata_op_pad;

static gboolean
pad_infer (StrataNode  *node,
           GError     **error)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);
  StrataShape shape = *strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error, "float32");
  for (int i = 0; i < shape.rank; i++)
    if (shape.dims[i] != STRATA_UNKNOWN)
      shape.dims[i] += attrs->before[i] + attrs->after[i];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
copy_inside (const StrataShape *x,
             const StrataShape *y,
             const gint64      *before,
             int                axis,
             const float       *source,
             float             *target)
{
  gint64 row = strata_shape_get_span (x, axis + 1, x->rank), wide = strata_shape_get_span (y, axis + 1, y->rank);

  target += before[axis] * wide;
  if (axis == x->rank - 1)
    memcpy (target, source, x->dims[axis] * sizeof *source);
  else
    for (gint64 i = 0; i < x->dims[axis]; i++)
      copy_inside (x, y, before, axis + 1, source + i * row, target + i * wide);
}

static void
pad_run (const StrataRun *run)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, run->node);
  const StrataShape *x = strata_node_shape (run->node, 0), *y = &run->node->outputs[0].shape;
  gint64 n = strata_shape_get_size (y);
  float *target = run->out[0];

  for (gint64 i = 0; i < n; i++)
    target[i] = attrs->value;
  if (x->rank == 0)
    memcpy (target, run->in[0], sizeof *target);
  else if (strata_shape_get_size (x) > 0)
    copy_inside (x, y, attrs->before, 0, run->in[0], target);
}

static void
pad_gradient (StrataBuilder       *b,
              const StrataNode    *node,
              StrataValue *const  *grads,
              StrataValue        **input_grads)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);
  const StrataShape *x = strata_node_shape (node, 0);
  StrataValue *grad = grads[0];

  for (int i = 0; i < x->rank; i++)
    if (attrs->before[i] != 0 || attrs->after[i] != 0)
      grad = strata_slice (b, grad, i, attrs->before[i], x->dims[i]);
  input_grads[0] = grad;
}

const StrataOp strata_op_pad = {
  .name = "pad",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .attrs_size = sizeof (Attrs),
  .infer = pad_infer,
  .run = pad_run,
  .gradient = pad_gradient,
};

/**
 * strata_pad:
 * @before: for each dimension, how many to add in front
 * @after: for each dimension, how many to add behind
 * @value: what to add
 *
 * Returns: (transfer none): @x with a margin
 */
StrataValue *
strata_pad (StrataBuilder *b,
            StrataValue   *x,
            const gint64  *before,
            const gint64  *after,
            double         value)
{
  Attrs attrs = { .value = value };

  memcpy (attrs.before, before, x->shape.rank * sizeof before[0]);
  memcpy (attrs.after, after, x->shape.rank * sizeof after[0]);
  return strata_builder_emit (b, &strata_op_pad, &attrs, &x, 1);
}

/**
 * strata_pad_get: (skip)
 * @before: (out): what it adds in front, for each dimension
 * @after: (out): what it adds behind
 *
 * Returns: whether @node surrounds its input by zeros
 */
gboolean
strata_pad_get (const StrataNode  *node,
                const gint64     **before,
                const gint64     **after)
{
  const Attrs *attrs = node->attrs;

  if (node->op != &strata_op_pad || attrs->value != 0)
    return FALSE;
  *before = attrs->before;
  *after = attrs->after;
  return TRUE;
}
