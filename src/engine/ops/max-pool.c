/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/pool-op.h"

extern const StrataOp strata_op_relu;

static gint64
count_windows (const StrataPoolOptions *options,
               int                      d,
               gint64                   in)
{
  gint64 room = in + options->before[d] + options->after[d] - options->window[d];

  if (in == STRATA_UNKNOWN)
    return STRATA_UNKNOWN;
  return room < 0 ? 0 : room / options->stride[d] + 1;
}

/**
 * strata_pool_infer: (skip)
 *
 * Works out the shape of what pooling makes.
 */
gboolean
strata_pool_infer (StrataNode  *node,
                   GError     **error)
{
  const StrataPoolOptions *options = &STRATA_ATTRS (StrataPoolAttrs, node)->options;
  StrataShape shape = *strata_node_shape (node, 0);
  double cells = 1;

  if (shape.rank < 3 || shape.rank > 2 + STRATA_POOLING_MAX_DIMS || node->inputs[0]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error, "float32 of 3 to 5 dimensions");
  for (int d = 0; d < shape.rank - 2; d++)
    {
      cells *= options->window[d];
      shape.dims[d + 1] = count_windows (options, d, shape.dims[d + 1]);
      if (shape.dims[d + 1] == 0)
        return strata_op_mismatch (node, error, "an input that the window fits into");
    }
  if (cells > STRATA_MOST_CELLS)
    return strata_op_mismatch (node, error, "a window that is not so large");
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

/**
 * strata_pool_get_shape: (skip)
 *
 * Tells the kernels all sizes.
 */
void
strata_pool_get_shape (const StrataPoolOptions *options,
                       const StrataShape       *x,
                       const StrataShape       *y,
                       StrataPoolingShape      *shape)
{
  *shape = (StrataPoolingShape){ .nd = x->rank - 2, .batch = x->dims[0], .channels = x->dims[x->rank - 1] };
  for (int d = 0; d < shape->nd; d++)
    {
      shape->in[d] = x->dims[d + 1];
      shape->out[d] = y->dims[d + 1];
      shape->window[d] = options->window[d];
      shape->stride[d] = options->stride[d];
      shape->pad[d] = options->before[d];
    }
}

static void
max_pool_run (const StrataRun *run)
{
  StrataPoolingShape shape;

  strata_pool_get_shape (&STRATA_ATTRS (StrataPoolAttrs, run->node)->options, strata_node_shape (run->node, 0),
                         &run->node->outputs[0].shape, &shape);
  strata_pooling_max (&shape, run->in[0], run->out[0]);
}

static void
max_pool_gradient (StrataBuilder       *b,
                   const StrataNode    *node,
                   StrataValue *const  *grads,
                   StrataValue        **input_grads)
{
  StrataValue *y = strata_node_get_result (node);
  StrataValue *inputs[] = { node->inputs[0], y, grads[0] };

  /* What a ReLU before would mask is masked while it is small: the program then needs no other mask. */
  if (node->inputs[0]->node->op == &strata_op_relu)
    inputs[2] = strata_where (b, strata_greater (b, y, strata_builder_scalar (b, 0)), grads[0],
                              strata_builder_scalar (b, 0));
  input_grads[0] = strata_builder_emit (b, &strata_op_max_pool_backward, node->attrs, inputs, 3);
}

const StrataOp strata_op_max_pool = {
  .name = "max_pool",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .attrs_size = sizeof (StrataPoolAttrs),
  .infer = strata_pool_infer,
  .run = max_pool_run,
  .gradient = max_pool_gradient,
};

/**
 * strata_max_pool:
 * @x: of shape (batch, spatial..., channels)
 *
 * Returns: (transfer none): the largest number of each window, channel by channel
 */
StrataValue *
strata_max_pool (StrataBuilder           *b,
                 StrataValue             *x,
                 const StrataPoolOptions *options)
{
  return strata_builder_emit (b, &strata_op_max_pool, &(StrataPoolAttrs){ .options = *options }, &x, 1);
}
