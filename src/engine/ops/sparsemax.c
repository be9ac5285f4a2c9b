/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/softmax.h"

#include <stdlib.h>

/* A score and where it stood. */
typedef struct
{
  float value;
  gint32 place;
} Score;

extern const StrataOp strata_op_sparsemax;

static gboolean
sparsemax_infer (StrataNode  *node,
                 GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || x->rank < 1)
    return strata_op_mismatch (node, error, "float32 of at least one dimension");
  strata_node_set_output (node, 0, STRATA_FLOAT32, x);
  strata_node_set_output (node, 1, STRATA_FLOAT32, x);
  return TRUE;
}

static gsize
sparsemax_scratch (const StrataNode *node)
{
  const StrataShape *x = strata_node_shape (node, 0);

  return x->dims[x->rank - 1] * sizeof (Score);
}

static int
compare_descending (const void *a,
                    const void *b)
{
  const Score *x = a, *y = b;

  return x->value != y->value ? (y->value > x->value) - (y->value < x->value) : x->place - y->place;
}

/*
 * What is taken from all of a row, and how much each score moves it. The paper
 * takes the sum of the scores in the support; Keras takes the sum of all their
 * partial sums, so that larger scores count several times. Models that Keras
 * made expect its numbers.
 */
static float
find_threshold (Score  *sorted,
                gint64  n,
                float  *slopes)
{
  double sum = 0, total = 0;
  gint64 k = 0;

  qsort (sorted, n, sizeof *sorted, compare_descending);
  for (gint64 i = 0; i < n; i++)
    {
      slopes[i] = 0;
      sum += sorted[i].value;
      if (sorted[i].value - (sum - 1) / (i + 1) > 0)
        {
          k = i + 1;
          total += sum;
        }
    }
  for (gint64 i = 0; i < k; i++)
    slopes[sorted[i].place] = (float) (k - i) / k;
  return k > 0 ? (total - 1) / k : 0;
}

static void
sparsemax_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  gint64 n = x->dims[x->rank - 1], rows = strata_shape_get_span (x, 0, x->rank - 1);
  const float *in = run->in[0];
  float *out = run->out[0], *slopes = run->out[1];
  Score *sorted = run->scratch;

  for (gint64 r = 0; r < rows; r++, in += n, out += n, slopes += n)
    {
      float threshold;

      for (gint64 i = 0; i < n; i++)
        sorted[i] = (Score){ in[i], i };
      threshold = find_threshold (sorted, n, slopes);
      for (gint64 i = 0; i < n; i++)
        out[i] = MAX (in[i] - threshold, 0);
    }
}

static void
sparsemax_gradient (StrataBuilder       *b,
                    const StrataNode    *node,
                    StrataValue *const  *grads,
                    StrataValue        **input_grads)
{
  StrataValue *y = (StrataValue *) &node->outputs[0], *slopes = (StrataValue *) &node->outputs[1], *kept, *sum;

  if (grads[0] == NULL)
    return;
  kept = strata_multiply (b, strata_greater (b, y, strata_builder_scalar (b, 0)), grads[0]);
  sum = strata_reduce_sum (b, kept, strata_axis_bit (y, -1), TRUE);
  input_grads[0] = strata_subtract (b, kept, strata_multiply (b, slopes, sum));
}

const StrataOp strata_op_sparsemax = {
  .name = "sparsemax",
  .n_inputs = 1,
  .n_outputs = 2,
  .infer = sparsemax_infer,
  .scratch = sparsemax_scratch,
  .run = sparsemax_run,
  .gradient = sparsemax_gradient,
};

/**
 * strata_sparsemax:
 *
 * Returns: (transfer none): as softmax along the last dimension, but exactly 0
 *   for low scores (Martins and Astudillo, 2016), with Keras's numbers
 */
StrataValue *
strata_sparsemax (StrataBuilder *b,
                  StrataValue   *x)
{
  return strata_builder_emit (b, &strata_op_sparsemax, NULL, &x, 1);
}
