/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/affine-op.h"

#include <string.h>

/* Gives each pixel's gradient back to those that it was made of. */
static void
return_image (gpointer data,
              guint    task,
              guint    thread)
{
  const StrataRun *run = data;
  const StrataShape *shape = &run->node->outputs[0].shape;
  gint64 rows = shape->dims[1], columns = shape->dims[2], channels = shape->dims[3];
  gint64 start = task * rows * columns * channels;
  gint64 width = strata_node_shape (run->node, 1)->dims[1];
  const float *grad = (const float *) run->in[0] + start, *matrix = (const float *) run->in[1] + task * width;
  float *out = (float *) run->out[0] + start;

  memset (out, 0, rows * columns * channels * sizeof *out);
  for (gint64 pixel = 0; pixel < rows * columns; pixel++, grad += channels)
    {
      StrataTap taps[4];
      int n = strata_affine_find (STRATA_ATTRS (StrataAffineOptions, run->node), matrix, width == 8, pixel / columns,
                                  pixel % columns, rows, columns, taps);

      for (int i = 0; i < n; i++)
        for (gint64 c = 0; taps[i].index >= 0 && c < channels; c++)
          out[taps[i].index * channels + c] += taps[i].weight * grad[c];
    }
}

static void
affine_gradient_run (const StrataRun *run)
{
  strata_pool_run (run->node->outputs[0].shape.dims[0], return_image, (gpointer) run);
}

static void
affine_gradient_gradient (StrataBuilder       *b,
                          const StrataNode    *node,
                          StrataValue *const  *grads,
                          StrataValue        **input_grads)
{
  StrataAffineOptions options = *STRATA_ATTRS (StrataAffineOptions, node);

  options.value = 0;
  input_grads[0] = strata_affine (b, grads[0], node->inputs[1], &options);
}

const StrataOp strata_op_affine_gradient = {
  .name = "affine_gradient",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataAffineOptions),
  .infer = strata_affine_infer,
  .run = affine_gradient_run,
  .gradient = affine_gradient_gradient,
};
