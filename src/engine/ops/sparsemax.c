/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/softmax.h"

#include <stdlib.h>
#include <string.h>

extern const StrataOp strata_op_sparsemax;

static gboolean
sparsemax_infer (StrataNode  *node,
                 GError     **error)
{
  const StrataShape *x = strata_node_shape (node, 0);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || x->rank < 1)
    return strata_op_mismatch (node, error, "float32 of at least one dimension");
  strata_node_set_output (node, 0, STRATA_FLOAT32, x);
  return TRUE;
}

static gsize
sparsemax_scratch (const StrataNode *node)
{
  const StrataShape *x = strata_node_shape (node, 0);

  return x->dims[x->rank - 1] * sizeof (float);
}

static int
compare_descending (const void *a,
                    const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (y > x) - (y < x);
}

/* What is taken from all of a row, so that what stays positive sums to 1. */
static float
find_threshold (float  *sorted,
                gint64  n)
{
  double sum = 0, support_sum = 0;
  gint64 k = 0;

  qsort (sorted, n, sizeof *sorted, compare_descending);
  for (gint64 i = 0; i < n; i++)
    {
      sum += sorted[i];
      if (sorted[i] - (sum - 1) / (i + 1) > 0)
        {
          k++;
          support_sum += sorted[i];
        }
    }
  return k > 0 ? (support_sum - 1) / k : 0;
}

static void
sparsemax_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  gint64 n = x->dims[x->rank - 1], rows = strata_shape_get_span (x, 0, x->rank - 1);
  const float *in = run->in[0];
  float *out = run->out[0], *sorted = run->scratch;

  for (gint64 r = 0; r < rows; r++, in += n, out += n)
    {
      float threshold;

      memcpy (sorted, in, n * sizeof *in);
      threshold = find_threshold (sorted, n);
      for (gint64 i = 0; i < n; i++)
        out[i] = MAX (in[i] - threshold, 0);
    }
}

/* Within the support, the gradient less its mean. */
static void
sparsemax_gradient (StrataBuilder       *b,
                    const StrataNode    *node,
                    StrataValue *const  *grads,
                    StrataValue        **input_grads)
{
  StrataValue *y = (StrataValue *) &node->outputs[0];
  StrataValue *support = strata_greater (b, y, strata_builder_scalar (b, 0));
  StrataValue *kept = strata_multiply (b, support, grads[0]);
  guint last = strata_axis_bit (y, -1);
  StrataValue *mean = strata_divide (b, strata_reduce_sum (b, kept, last, TRUE), strata_reduce_sum (b, support, last, TRUE));

  input_grads[0] = strata_subtract (b, kept, strata_multiply (b, support, mean));
}

const StrataOp strata_op_sparsemax = {
  .name = "sparsemax",
  .n_inputs = 1,
  .n_outputs = 1,
  .infer = sparsemax_infer,
  .scratch = sparsemax_scratch,
  .run = sparsemax_run,
  .gradient = sparsemax_gradient,
};

/**
 * strata_sparsemax:
 *
 * Returns: (transfer none): the probabilities along the last dimension nearest
 *   to @x: as softmax, but exactly 0 for low scores
 */
StrataValue *
strata_sparsemax (StrataBuilder *b,
                  StrataValue   *x)
{
  return strata_builder_emit (b, &strata_op_sparsemax, NULL, &x, 1);
}
