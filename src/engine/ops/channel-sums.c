/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/moments.h"

#include <string.h>

#include "ops/channel-parts.h"
#include "ops/elementwise.h"
#include "tensor/pool.h"

typedef struct
{
  StrataParts parts;
  const float *x, *y;
  float *scratch; /* for each part its sums of products and its sums */
} Pass;

extern const StrataOp strata_op_channel_sums;

static gboolean
channel_sums_infer (StrataNode  *node,
                    GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || node->inputs[1]->dtype != STRATA_FLOAT32 || x->rank < 2 ||
      !strata_shape_is_compatible (x, strata_node_shape (node, 1)))
    return strata_op_mismatch (node, error, "two inputs of float32 and of the same two or more dimensions");
  for (int i = 0; i < 2; i++)
    strata_node_set_output (node, i, STRATA_FLOAT32, &STRATA_SHAPE (x->dims[x->rank - 1]));
  return TRUE;
}

static gsize
channel_sums_scratch (const StrataNode *node)
{
  StrataParts parts = strata_parts_of (strata_node_shape (node, 0));

  return 2 * parts.n_parts * parts.width * sizeof (float);
}

static void
sum_part (gpointer data,
          guint    task,
          guint    thread)
{
  const Pass *pass = data;
  gint64 n = pass->parts.width, rows = strata_parts_get_rows (&pass->parts, task);
  gint64 start = task * pass->parts.part_rows * n;
  const float *x = pass->x + start, *y = pass->y + start;
  float *products = pass->scratch + 2 * task * n, *sums = products + n;

  memset (products, 0, 2 * n * sizeof *products);
  for (gint64 r = 0; r < rows; r++, x += n, y += n)
    for (gint64 c = 0; c < n; c++)
      {
        products[c] += x[c] * y[c];
        sums[c] += y[c];
      }
}

static void
channel_sums_run (const StrataRun *run)
{
  Pass pass = { strata_parts_of (strata_node_shape (run->node, 0)), run->in[0], run->in[1], run->scratch };
  gint64 n = pass.parts.width;

  strata_pool_run (pass.parts.n_parts, sum_part, &pass);
  for (int i = 0; i < 2; i++)
    {
      float *out = run->out[i];

      memset (out, 0, n * sizeof *out);
      for (guint p = 0; p < pass.parts.n_parts; p++)
        for (gint64 c = 0; c < n; c++)
          out[c] += pass.scratch[(2 * p + i) * n + c];
    }
}

static void
channel_sums_gradient (StrataBuilder       *b,
                       const StrataNode    *node,
                       StrataValue *const  *grads,
                       StrataValue        **input_grads)
{
  StrataValue *x = node->inputs[0], *y = node->inputs[1], *zero = strata_builder_scalar (b, 0);

  if (grads[0] != NULL)
    input_grads[0] = strata_multiply (b, y, grads[0]);
  input_grads[1] = strata_multiply_add (b, x, grads[0] != NULL ? grads[0] : zero, grads[1] != NULL ? grads[1] : zero);
}

const StrataOp strata_op_channel_sums = {
  .name = "channel_sums",
  .n_inputs = 2,
  .n_outputs = 2,
  .infer = channel_sums_infer,
  .scratch = channel_sums_scratch,
  .run = channel_sums_run,
  .gradient = channel_sums_gradient,
};

/**
 * strata_channel_sums:
 * @x: of shape (..., channels)
 * @y: of the same shape
 * @sum: (out): (channels): the sum of @y over each channel
 *
 * Returns: (transfer none): the sum of @x times @y over each channel, (channels)
 */
StrataValue *
strata_channel_sums (StrataBuilder  *b,
                     StrataValue    *x,
                     StrataValue    *y,
                     StrataValue   **sum)
{
  StrataValue *products = strata_builder_emit (b, &strata_op_channel_sums, NULL, (StrataValue *[]){ x, y }, 2);

  *sum = strata_builder_has_failed (b) ? products : &products->node->outputs[1];
  return products;
}
