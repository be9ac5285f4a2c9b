/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/conv-op.h"

#include <inttypes.h>
#include <string.h>

extern const StrataOp strata_op_conv_kernel_gradient;

static gboolean
conv_kernel_gradient_infer (StrataNode  *node,
                            GError     **error)
{
  const StrataConvAttrs *attrs = STRATA_ATTRS (StrataConvAttrs, node);
  const StrataShape *x = strata_node_shape (node, 0), *y = strata_node_shape (node, 1);
  StrataShape shape = { .rank = x->rank };
  int last = x->rank - 1;

  if (!strata_conv_check (node, error))
    return FALSE;
  for (int d = 0; d < x->rank - 2; d++)
    {
      gint64 count = strata_conv_count (&attrs->options, d, x->dims[d + 1], attrs->size[d]);

      if (count != STRATA_UNKNOWN && y->dims[d + 1] != STRATA_UNKNOWN && y->dims[d + 1] != count)
        return strata_op_mismatch (node, error, "%" PRId64 " along dimension %d on the right", count, d + 1);
      shape.dims[d] = attrs->size[d];
    }
  shape.dims[last - 1] = x->dims[last] / attrs->options.groups;
  shape.dims[last] = y->dims[last];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
get_shape (const StrataNode *node,
           StrataConvShape  *shape)
{
  strata_conv_get_shape (&STRATA_ATTRS (StrataConvAttrs, node)->options, strata_node_shape (node, 0),
                         &node->outputs[0].shape, strata_node_shape (node, 1), shape);
}

static void
conv_kernel_gradient_run (const StrataRun *run)
{
  StrataConvShape shape;

  get_shape (run->node, &shape);
  strata_conv_backward_kernel (&shape, run->in[0], run->in[1], run->out[0]);
}

static double
conv_kernel_gradient_flops (const StrataNode *node)
{
  StrataConvShape shape;

  get_shape (node, &shape);
  return strata_conv_get_flops (&shape);
}

static void
conv_kernel_gradient_gradient (StrataBuilder       *b,
                               const StrataNode    *node,
                               StrataValue *const  *grads,
                               StrataValue        **input_grads)
{
  const StrataConvOptions *options = &STRATA_ATTRS (StrataConvAttrs, node)->options;

  input_grads[0] = strata_conv_input_gradient (b, node->inputs[1], grads[0], options,
                                               strata_node_shape (node, 0)->dims + 1);
  input_grads[1] = strata_conv (b, node->inputs[0], grads[0], options);
}

const StrataOp strata_op_conv_kernel_gradient = {
  .name = "conv_kernel_gradient",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataConvAttrs),
  .infer = conv_kernel_gradient_infer,
  .run = conv_kernel_gradient_run,
  .flops = conv_kernel_gradient_flops,
  .gradient = conv_kernel_gradient_gradient,
};

/**
 * strata_conv_kernel_gradient:
 * @x: of shape (batch, spatial..., channels): a convolution's input
 * @y: of shape (batch, spatial..., filters): the gradient of its result
 * @options: how the kernel moved
 * @kernel: size of the kernel along each spatial dimension
 *
 * Returns: (transfer none): the gradient of the kernel
 */
StrataValue *
strata_conv_kernel_gradient (StrataBuilder           *b,
                             StrataValue             *x,
                             StrataValue             *y,
                             const StrataConvOptions *options,
                             const gint64            *kernel)
{
  StrataConvAttrs attrs = { .options = *options };

  memcpy (attrs.size, kernel, CLAMP (x->shape.rank - 2, 0, STRATA_CONV_MAX_DIMS) * sizeof kernel[0]);
  return strata_builder_emit (b, &strata_op_conv_kernel_gradient, &attrs, (StrataValue *[]){ x, y }, 2);
}
