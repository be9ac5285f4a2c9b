/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/conv-op.h"

#include "ops/epilogue.h"

#include <inttypes.h>
#include <string.h>

extern const StrataOp strata_op_conv;

/**
 * strata_conv_count: (skip)
 *
 * Returns: how many positions the kernel has along dimension @d; unknown where
 *   @in is, and less than 1 where the kernel does not fit
 */
gint64
strata_conv_count (const StrataConvOptions *options,
                   int                      d,
                   gint64                   in,
                   gint64                   kernel)
{
  gint64 room;

  if (in == STRATA_UNKNOWN)
    return STRATA_UNKNOWN;
  room = in + options->before[d] + options->after[d] - ((kernel - 1) * options->dilation[d] + 1);
  return room < 0 ? 0 : room / options->stride[d] + 1;
}

/* Kernels copy what a window reaches over. A dilation that is out of all proportion would have them copy zeros without
 * end. */
static gboolean
check_reach (StrataNode  *node,
             GError     **error)
{
  const StrataConvAttrs *attrs = STRATA_ATTRS (StrataConvAttrs, node);
  const StrataShape *x = strata_node_shape (node, 0);
  double cells = 1, given = 1;

  for (int d = 0; d < x->rank - 2; d++)
    {
      double size = MAX (MAX (x->dims[d + 1], attrs->size[d]), 1);

      given *= size;
      cells *= size + attrs->options.before[d] + attrs->options.after[d];
    }
  if (cells > STRATA_MOST_CELLS && cells > 16 * given)
    return strata_op_mismatch (node, error, "margins that are not so much larger than the input");
  if (cells > 16 * STRATA_MOST_CELLS)
    return strata_op_mismatch (node, error, "an input that is not so large");
  return TRUE;
}

/**
 * strata_conv_check: (skip)
 *
 * Returns: whether both inputs are float32 of the same 3 to 5 dimensions, and not out of proportion
 */
gboolean
strata_conv_check (StrataNode  *node,
                   GError     **error)
{
  int rank = strata_node_shape (node, 0)->rank;

  if (rank < 3 || rank > 2 + STRATA_CONV_MAX_DIMS || strata_node_shape (node, 1)->rank != rank ||
      node->inputs[0]->dtype != STRATA_FLOAT32 || node->inputs[1]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error, "two inputs of float32, both of the same 3 to 5 dimensions");
  return check_reach (node, error);
}

/**
 * strata_conv_get_shape: (skip)
 *
 * Tells the kernels all sizes of a convolution from @x to @y.
 */
void
strata_conv_get_shape (const StrataConvOptions *options,
                       const StrataShape       *x,
                       const StrataShape       *kernel,
                       const StrataShape       *y,
                       StrataConvShape         *shape)
{
  int nd = x->rank - 2;

  *shape = (StrataConvShape){
    .nd = nd,
    .batch = x->dims[0],
    .in_channels = x->dims[nd + 1],
    .out_channels = y->dims[nd + 1],
    .groups = options->groups,
  };
  for (int d = 0; d < nd; d++)
    {
      shape->in[d] = x->dims[d + 1];
      shape->out[d] = y->dims[d + 1];
      shape->kernel[d] = kernel->dims[d];
      shape->stride[d] = options->stride[d];
      shape->dilation[d] = options->dilation[d];
      shape->pad[d] = options->before[d];
    }
}

double
strata_conv_get_flops (const StrataConvShape *shape)
{
  double flops = 2.0 * shape->batch * shape->out_channels * shape->in_channels / shape->groups;

  for (int d = 0; d < shape->nd; d++)
    flops *= (double) shape->out[d] * shape->kernel[d];
  return flops;
}

static gboolean
conv_infer (StrataNode  *node,
            GError     **error)
{
  const StrataConvOptions *options = &STRATA_ATTRS (StrataConvAttrs, node)->options;
  const StrataShape *x = strata_node_shape (node, 0), *kernel = strata_node_shape (node, 1);
  StrataShape shape = *x;
  int last = x->rank - 1;

  if (!strata_conv_check (node, error))
    return FALSE;
  if (x->dims[last] == 0)
    return strata_op_mismatch (node, error, "an input that has channels");
  if (x->dims[last] != STRATA_UNKNOWN && x->dims[last] != kernel->dims[last - 1] * options->groups)
    return strata_op_mismatch (node, error, "an input of %" PRId64 " channels",
                               kernel->dims[last - 1] * options->groups);
  for (int d = 0; d < x->rank - 2; d++)
    {
      shape.dims[d + 1] = strata_conv_count (options, d, x->dims[d + 1], kernel->dims[d]);
      if (shape.dims[d + 1] == 0)
        return strata_op_mismatch (node, error, "an input that the kernel fits into");
    }
  shape.dims[last] = kernel->dims[last];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
get_shape (const StrataNode *node,
           StrataConvShape  *shape)
{
  const StrataConvAttrs *attrs = STRATA_ATTRS (StrataConvAttrs, node);
  StrataShape kernel = *strata_node_shape (node, 1);

  if (attrs->prepared)
    memcpy (kernel.dims, attrs->size, sizeof attrs->size);
  strata_conv_get_shape (&attrs->options, strata_node_shape (node, 0), &kernel, &node->outputs[0].shape, shape);
}

static void
conv_run (const StrataRun *run)
{
  StrataEpilogue epilogue = strata_run_get_epilogue (run);
  StrataConvShape shape;

  get_shape (run->node, &shape);
  if (STRATA_ATTRS (StrataConvAttrs, run->node)->prepared)
    strata_conv_forward_prepared (&shape, run->in[0], run->in[1], run->out[0], &epilogue);
  else
    strata_conv_forward (&shape, run->in[0], run->in[1], run->out[0], &epilogue);
}

static double
conv_flops (const StrataNode *node)
{
  StrataConvShape shape;

  get_shape (node, &shape);
  return strata_conv_get_flops (&shape);
}

static void
conv_gradient (StrataBuilder       *b,
               const StrataNode    *node,
               StrataValue *const  *grads,
               StrataValue        **input_grads)
{
  const StrataConvOptions *options = &STRATA_ATTRS (StrataConvAttrs, node)->options;
  StrataValue *x = node->inputs[0], *kernel = node->inputs[1];

  input_grads[0] = strata_conv_input_gradient (b, grads[0], kernel, options, x->shape.dims + 1);
  input_grads[1] = strata_conv_kernel_gradient (b, x, grads[0], options, kernel->shape.dims);
}

const StrataOp strata_op_conv = {
  .name = "conv",
  .n_inputs = -1,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataConvAttrs),
  .flags = STRATA_OP_EPILOGUE,
  .epilogue_offset = G_STRUCT_OFFSET (StrataConvAttrs, epilogue),
  .in_place = { 4 },
  .infer = conv_infer,
  .run = conv_run,
  .flops = conv_flops,
  .gradient = conv_gradient,
};

/**
 * strata_conv:
 * @x: of shape (batch, spatial..., channels)
 * @kernel: of shape (spatial..., channels / groups, filters)
 * @options: how the kernel moves
 *
 * Returns: (transfer none): the cross-correlation, (batch, spatial..., filters)
 */
StrataValue *
strata_conv (StrataBuilder           *b,
             StrataValue             *x,
             StrataValue             *kernel,
             const StrataConvOptions *options)
{
  return strata_builder_emit (b, &strata_op_conv, &(StrataConvAttrs){ .options = *options },
                              (StrataValue *[]){ x, kernel }, 2);
}

/**
 * strata_conv_is_pointwise: (skip)
 *
 * Returns: whether a convolution is the product of each cell and a matrix
 */
gboolean
strata_conv_is_pointwise (const StrataNode *node)
{
  const StrataConvAttrs *attrs = STRATA_ATTRS (StrataConvAttrs, node);
  const StrataConvOptions *options = &attrs->options;
  const StrataShape *kernel = strata_node_shape (node, 1);

  if (attrs->prepared || options->groups != 1)
    return FALSE;
  for (int d = 0; d < kernel->rank - 2; d++)
    if (kernel->dims[d] != 1 || options->stride[d] != 1 || options->before[d] != 0 || options->after[d] != 0)
      return FALSE;
  return TRUE;
}

/**
 * strata_conv_prepare_weights: (skip)
 * @node: a convolution whose weights stay from run to run
 *
 * Has the weights arranged as its kernel likes them best, if that pays.
 */
void
strata_conv_prepare_weights (StrataBuilder *b,
                             StrataNode    *node)
{
  StrataConvAttrs *attrs = node->attrs;
  StrataConvShape shape;

  get_shape (node, &shape);
  if (attrs->prepared || strata_conv_get_prepared (&shape) == 0)
    return;
  memcpy (attrs->size, shape.kernel, sizeof attrs->size);
  node->inputs[1] = strata_conv_weights (b, node->inputs[1], &shape);
  attrs->prepared = TRUE;
}
