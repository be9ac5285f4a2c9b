/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

typedef struct
{
  StrataShape shape; /* at most one dimension unknown: worked out from the size */
} Attrs;

extern const StrataOp strata_op_reshape;

/* The batch may be unknown while shapes are inferred; then so is one dimension of the result. */
static gboolean
reshape_infer (StrataNode  *node,
               GError     **error)
{
  StrataShape shape = STRATA_ATTRS (Attrs, node)->shape, others = shape;
  gint64 size = strata_shape_get_size (strata_node_shape (node, 0)), known;
  int unknown = -1;

  for (int i = 0; i < shape.rank; i++)
    if (shape.dims[i] == STRATA_UNKNOWN)
      unknown = i;
  if (unknown >= 0)
    others.dims[unknown] = 1;
  known = strata_shape_get_size (&others);
  if (size != STRATA_UNKNOWN && unknown >= 0 && known > 0 && size % known == 0)
    shape.dims[unknown] = size / known;
  if (size != STRATA_UNKNOWN && strata_shape_get_size (&shape) != size)
    {
      g_autofree char *text = strata_shape_to_string (&STRATA_ATTRS (Attrs, node)->shape);

      return strata_op_mismatch (node, error, "as many numbers as %s holds", text);
    }
  strata_node_set_output (node, 0, node->inputs[0]->dtype, &shape);
  return TRUE;
}

static void
reshape_gradient (StrataBuilder       *b,
                  const StrataNode    *node,
                  StrataValue *const  *grads,
                  StrataValue        **input_grads)
{
  input_grads[0] = strata_reshape (b, grads[0], strata_node_shape (node, 0));
}

const StrataOp strata_op_reshape = {
  .name = "reshape",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .flags = STRATA_OP_VIEW,
  .infer = reshape_infer,
  .gradient = reshape_gradient,
};

/**
 * strata_reshape:
 * @shape: its new shape; one dimension may be unknown
 *
 * Returns: (transfer none): the numbers of @x in the same order
 */
StrataValue *
strata_reshape (StrataBuilder     *b,
                StrataValue       *x,
                const StrataShape *shape)
{
  if (strata_shape_equal (&x->shape, shape))
    return x;
  return strata_builder_emit (b, &strata_op_reshape, &(Attrs){ *shape }, &x, 1);
}
