/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/conv-op.h"

#include <inttypes.h>
#include <string.h>

extern const StrataOp strata_op_conv_input_gradient;

static gboolean
conv_input_gradient_infer (StrataNode  *node,
                           GError     **error)
{
  const StrataConvAttrs *attrs = STRATA_ATTRS (StrataConvAttrs, node);
  const StrataShape *y = strata_node_shape (node, 0), *kernel = strata_node_shape (node, 1);
  StrataShape shape = *y;
  int last = y->rank - 1;

  if (!strata_conv_check (node, error))
    return FALSE;
  if (y->dims[last] != STRATA_UNKNOWN && y->dims[last] != kernel->dims[last])
    return strata_op_mismatch (node, error, "%" PRId64 " channels", kernel->dims[last]);
  for (int d = 0; d < y->rank - 2; d++)
    {
      gint64 count = strata_conv_count (&attrs->options, d, attrs->size[d], kernel->dims[d]);

      if (count != STRATA_UNKNOWN && y->dims[d + 1] != STRATA_UNKNOWN && y->dims[d + 1] != count)
        return strata_op_mismatch (node, error, "%" PRId64 " along dimension %d", count, d + 1);
      shape.dims[d + 1] = attrs->size[d];
    }
  shape.dims[last] = kernel->dims[last - 1] * attrs->options.groups;
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
get_shape (const StrataNode *node,
           StrataConvShape  *shape)
{
  strata_conv_get_shape (&STRATA_ATTRS (StrataConvAttrs, node)->options, &node->outputs[0].shape,
                         strata_node_shape (node, 1), strata_node_shape (node, 0), shape);
}

static void
conv_input_gradient_run (const StrataRun *run)
{
  StrataConvShape shape;

  get_shape (run->node, &shape);
  strata_conv_backward_input (&shape, run->in[0], run->in[1], run->out[0]);
}

static double
conv_input_gradient_flops (const StrataNode *node)
{
  StrataConvShape shape;

  get_shape (node, &shape);
  return strata_conv_get_flops (&shape);
}

static void
conv_input_gradient_gradient (StrataBuilder       *b,
                              const StrataNode    *node,
                              StrataValue *const  *grads,
                              StrataValue        **input_grads)
{
  const StrataConvOptions *options = &STRATA_ATTRS (StrataConvAttrs, node)->options;

  input_grads[0] = strata_conv (b, grads[0], node->inputs[1], options);
  input_grads[1] = strata_conv_kernel_gradient (b, grads[0], node->inputs[0], options,
                                                strata_node_shape (node, 1)->dims);
}

const StrataOp strata_op_conv_input_gradient = {
  .name = "conv_input_gradient",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataConvAttrs),
  .infer = conv_input_gradient_infer,
  .run = conv_input_gradient_run,
  .flops = conv_input_gradient_flops,
  .gradient = conv_input_gradient_gradient,
};

/**
 * strata_conv_input_gradient:
 * @y: of shape (batch, spatial..., filters): the gradient of a convolution's result
 * @kernel: of shape (spatial..., channels / groups, filters)
 * @options: how the kernel moved
 * @in: size of the convolution's input along each spatial dimension
 *
 * Also the transposed convolution of @y.
 * Returns: (transfer none): the gradient of the convolution's input, (batch, in..., channels)
 */
StrataValue *
strata_conv_input_gradient (StrataBuilder           *b,
                            StrataValue             *y,
                            StrataValue             *kernel,
                            const StrataConvOptions *options,
                            const gint64            *in)
{
  StrataConvAttrs attrs = { .options = *options };

  memcpy (attrs.size, in, CLAMP (y->shape.rank - 2, 0, STRATA_CONV_MAX_DIMS) * sizeof in[0]);
  return strata_builder_emit (b, &strata_op_conv_input_gradient, &attrs, (StrataValue *[]){ y, kernel }, 2);
}
