/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/affine-op.h"

static void
move_image (gpointer data,
            guint    task,
            guint    thread)
{
  const StrataRun *run = data;
  const StrataAffineOptions *options = STRATA_ATTRS (StrataAffineOptions, run->node);
  const StrataShape *shape = &run->node->outputs[0].shape;
  gint64 rows = shape->dims[1], columns = shape->dims[2], channels = shape->dims[3];
  gint64 start = task * rows * columns * channels;
  gint64 width = strata_node_shape (run->node, 1)->dims[1];
  const float *x = (const float *) run->in[0] + start, *matrix = (const float *) run->in[1] + task * width;
  float *y = (float *) run->out[0] + start;

  for (gint64 pixel = 0; pixel < rows * columns; pixel++, y += channels)
    {
      StrataTap taps[4];
      int n = strata_affine_find (options, matrix, width == 8, pixel / columns, pixel % columns, rows, columns, taps);

      for (gint64 c = 0; c < channels; c++)
        {
          float sum = 0;

          for (int i = 0; i < n; i++)
            sum += taps[i].weight * (taps[i].index >= 0 ? x[taps[i].index * channels + c] : options->value);
          y[c] = sum;
        }
    }
}

static void
affine_run (const StrataRun *run)
{
  strata_pool_run (run->node->outputs[0].shape.dims[0], move_image, (gpointer) run);
}

static void
affine_gradient (StrataBuilder       *b,
                 const StrataNode    *node,
                 StrataValue *const  *grads,
                 StrataValue        **input_grads)
{
  input_grads[0] = strata_builder_emit (b, &strata_op_affine_gradient, node->attrs,
                                        (StrataValue *[]){ grads[0], node->inputs[1] }, 2);
}

const StrataOp strata_op_affine = {
  .name = "affine",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataAffineOptions),
  .infer = strata_affine_infer,
  .run = affine_run,
  .gradient = affine_gradient,
};

/**
 * strata_affine:
 * @x: of shape (batch, rows, columns, channels)
 * @matrix: of shape (batch, 6): for each image, (a, b, c, d, e, f): its pixel in column x
 *   and row y is the old one at column a x + b y + c, row d x + e y + f; or (batch, 8), with
 *   (g, h) more: then both are divided by g x + h y + 1, as what is far away is smaller
 *
 * Returns: (transfer none): images turned, moved, scaled or tilted; no gradient flows to @matrix
 */
StrataValue *
strata_affine (StrataBuilder             *b,
               StrataValue               *x,
               StrataValue               *matrix,
               const StrataAffineOptions *options)
{
  return strata_builder_emit (b, &strata_op_affine, options, (StrataValue *[]){ x, matrix }, 2);
}
