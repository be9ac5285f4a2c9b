/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"

#include "tensor/convert.h"

typedef struct
{
  StrataDType dtype;
} Attrs;

extern const StrataOp strata_op_cast;

static gboolean
cast_infer (StrataNode  *node,
            GError     **error)
{
  if (node->inputs[0]->dtype == STRATA_STRING)
    return strata_op_mismatch (node, error, "numbers");
  strata_node_set_output (node, 0, STRATA_ATTRS (Attrs, node)->dtype, strata_node_shape (node, 0));
  return TRUE;
}

static void
cast_run (const StrataRun *run)
{
  const StrataValue *x = run->node->inputs[0];

  strata_convert (x->dtype, run->in[0], STRATA_ATTRS (Attrs, run->node)->dtype, run->out[0],
                  strata_shape_get_size (&x->shape));
}

static void
cast_gradient (StrataBuilder       *b,
               const StrataNode    *node,
               StrataValue *const  *grads,
               StrataValue        **input_grads)
{
  if (strata_dtype_is_float (node->inputs[0]->dtype))
    input_grads[0] = strata_cast (b, grads[0], node->inputs[0]->dtype);
}

const StrataOp strata_op_cast = {
  .name = "cast",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = cast_infer,
  .run = cast_run,
  .gradient = cast_gradient,
};

/**
 * strata_cast:
 *
 * Returns: (transfer none): the numbers of @x as @dtype
 */
StrataValue *
strata_cast (StrataBuilder *b,
             StrataValue   *x,
             StrataDType    dtype)
{
  if (x->dtype == dtype)
    return x;
  return strata_builder_emit (b, &strata_op_cast, &(Attrs){ dtype }, &x, 1);
}
