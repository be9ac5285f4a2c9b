/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/moments.h"

#include <string.h>

#include "ops/channel-parts.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"
#include "tensor/pool.h"

typedef struct
{
  StrataParts parts;
  const float *x;
  float *scratch; /* for each part its means and its sums of squared distances */
} Pass;

extern const StrataOp strata_op_channel_moments;

static gboolean
channel_moments_infer (StrataNode  *node,
                       GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || x->rank < 2)
    return strata_op_mismatch (node, error, "float32 of two or more dimensions");
  for (int i = 0; i < 2; i++)
    strata_node_set_output (node, i, STRATA_FLOAT32, &STRATA_SHAPE (x->dims[x->rank - 1]));
  return TRUE;
}

static gsize
channel_moments_scratch (const StrataNode *node)
{
  StrataParts parts = strata_parts_of (strata_node_shape (node, 0));

  return 2 * parts.n_parts * parts.width * sizeof (float);
}

/* Two passes over a part that stays in the cache: differences from the mean lose nothing. */
static void
measure_part (gpointer data,
              guint    task,
              guint    thread)
{
  const Pass *pass = data;
  gint64 n = pass->parts.width, rows = strata_parts_get_rows (&pass->parts, task);
  const float *x = pass->x + task * pass->parts.part_rows * n;
  float *mean = pass->scratch + 2 * task * n, *squares = mean + n;

  memset (mean, 0, 2 * n * sizeof *mean);
  for (gint64 r = 0; r < rows; r++)
    for (gint64 c = 0; c < n; c++)
      mean[c] += x[r * n + c];
  for (gint64 c = 0; c < n; c++)
    mean[c] /= rows;
  for (gint64 r = 0; r < rows; r++)
    for (gint64 c = 0; c < n; c++)
      squares[c] += (x[r * n + c] - mean[c]) * (x[r * n + c] - mean[c]);
}

/* Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979. */
static void
merge_parts (const Pass *pass,
             float      *mean,
             float      *variance)
{
  gint64 n = pass->parts.width, rows = 0;

  memset (mean, 0, n * sizeof *mean);
  memset (variance, 0, n * sizeof *variance);
  for (guint p = 0; p < pass->parts.n_parts; p++)
    {
      const float *part_mean = pass->scratch + 2 * p * n, *squares = part_mean + n;
      gint64 part_rows = strata_parts_get_rows (&pass->parts, p), total = rows + part_rows;
      float share = (float) part_rows / total, weight = (float) rows * part_rows / total;

      for (gint64 c = 0; c < n; c++)
        {
          float delta = part_mean[c] - mean[c];

          mean[c] += delta * share;
          variance[c] += squares[c] + delta * delta * weight;
        }
      rows = total;
    }
  for (gint64 c = 0; c < n; c++)
    variance[c] /= rows;
}

static void
channel_moments_run (const StrataRun *run)
{
  Pass pass = { strata_parts_of (strata_node_shape (run->node, 0)), run->in[0], run->scratch };

  strata_pool_run (pass.parts.n_parts, measure_part, &pass);
  merge_parts (&pass, run->out[0], run->out[1]);
}

/* The mean changes by 1/n with each number, the variance by 2/n of its distance from the mean. */
static void
channel_moments_gradient (StrataBuilder       *b,
                          const StrataNode    *node,
                          StrataValue *const  *grads,
                          StrataValue        **input_grads)
{
  StrataValue *x = node->inputs[0], *mean = (StrataValue *) &node->outputs[0], *shift = NULL;
  double n = strata_shape_get_span (&x->shape, 0, x->shape.rank - 1);

  if (grads[0] != NULL)
    shift = strata_scale (b, grads[0], 1 / n);
  if (grads[1] == NULL)
    input_grads[0] = strata_broadcast_to (b, shift, &x->shape);
  else
    {
      StrataValue *slope = strata_scale (b, grads[1], 2 / n);
      StrataValue *offset = strata_negative (b, strata_multiply (b, slope, mean));

      input_grads[0] = strata_multiply_add (b, x, slope, shift != NULL ? strata_add (b, offset, shift) : offset);
    }
}

const StrataOp strata_op_channel_moments = {
  .name = "channel_moments",
  .n_inputs = 1,
  .n_outputs = 2,
  .infer = channel_moments_infer,
  .scratch = channel_moments_scratch,
  .run = channel_moments_run,
  .gradient = channel_moments_gradient,
};

/**
 * strata_channel_moments:
 * @x: of shape (..., channels)
 * @variance: (out): (channels), divided by the count
 *
 * Returns: (transfer none): the mean of each channel, (channels)
 */
StrataValue *
strata_channel_moments (StrataBuilder  *b,
                        StrataValue    *x,
                        StrataValue   **variance)
{
  StrataValue *mean = strata_builder_emit (b, &strata_op_channel_moments, NULL, &x, 1);

  *variance = strata_builder_has_failed (b) ? mean : &mean->node->outputs[1];
  return mean;
}

/**
 * strata_moments:
 * @axes: bits of the axes to go along
 * @variance: (out): mean of the squared distances from the mean
 *
 * Returns: (transfer none): the mean; both keep the axes as 1
 */
StrataValue *
strata_moments (StrataBuilder  *b,
                StrataValue    *x,
                guint           axes,
                StrataValue   **variance)
{
  StrataValue *mean = strata_reduce_mean (b, x, axes, TRUE);

  *variance = strata_reduce_mean (b, strata_square (b, strata_subtract (b, x, mean)), axes, TRUE);
  return mean;
}
