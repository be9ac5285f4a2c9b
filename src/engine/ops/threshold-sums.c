/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/counting.h"

#include <math.h>
#include <string.h>

#include "ops/reduce.h"
#include "ops/shaping.h"

typedef struct
{
  StrataThresholds kind;
} Attrs;

extern const StrataOp strata_op_threshold_sums;

static gboolean
threshold_sums_infer (StrataNode  *node,
                      GError     **error)
{
  const StrataShape *values = strata_node_shape (node, 0), *thresholds = strata_node_shape (node, 2);

  for (guint i = 0; i < 3; i++)
    if (node->inputs[i]->dtype != STRATA_FLOAT32)
      return strata_op_mismatch (node, error, "float32");
  if (values->rank != 2 || !strata_shape_is_compatible (values, strata_node_shape (node, 1)) || thresholds->rank != 1)
    return strata_op_mismatch (node, error, "values (samples, columns), as many weights, and thresholds");
  strata_node_set_output (node, 0, STRATA_FLOAT32, &STRATA_SHAPE (thresholds->dims[0], values->dims[1]));
  return TRUE;
}

/* A sum for each number of thresholds that a value may be above. */
static gsize
threshold_sums_scratch (const StrataNode *node)
{
  return (strata_node_shape (node, 2)->dims[0] + 1) * sizeof (double);
}

/* How many of @n rising thresholds are below @value. */
static gint64
count_below (const float *thresholds,
             gint64       n,
             float        value)
{
  gint64 low = 0, high = n;

  while (low < high)
    {
      gint64 middle = (low + high) / 2;

      if (value > thresholds[middle])
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gint64
find_bucket (StrataThresholds  kind,
             const float      *thresholds,
             gint64            n,
             float             value)
{
  if (kind == STRATA_THRESHOLDS_RISING || isnan (value))
    return count_below (thresholds, n, value);
  /* As Keras computes it, so that values on a threshold fall to the same side. */
  return CLAMP ((gint64) ceilf (CLAMP (value, 0, 1) * (float) (n - 1)),
                kind == STRATA_THRESHOLDS_EVEN_WIDER ? 1 : 0, n);
}

static void
threshold_sums_run (const StrataRun *run)
{
  const StrataShape *values = strata_node_shape (run->node, 0);
  gint64 samples = values->dims[0], columns = values->dims[1], n = strata_node_shape (run->node, 2)->dims[0];
  StrataThresholds kind = STRATA_ATTRS (Attrs, run->node)->kind;
  const float *value = run->in[0], *weight = run->in[1], *thresholds = run->in[2];
  float *out = run->out[0];
  double *buckets = run->scratch, sum;

  for (gint64 c = 0; c < columns; c++)
    {
      memset (buckets, 0, (n + 1) * sizeof *buckets);
      for (gint64 i = 0; i < samples; i++)
        buckets[find_bucket (kind, thresholds, n, value[i * columns + c])] += weight[i * columns + c];
      sum = 0;
      for (gint64 t = n - 1; t >= 0; t--)
        out[t * columns + c] = sum += buckets[t + 1];
    }
}

const StrataOp strata_op_threshold_sums = {
  .name = "threshold_sums",
  .n_inputs = 3,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = threshold_sums_infer,
  .scratch = threshold_sums_scratch,
  .run = threshold_sums_run,
};

/**
 * strata_threshold_sums: (skip)
 * @values: of shape (samples, columns)
 * @weights: of the same shape
 * @thresholds: how they lie is told by @kind
 *
 * Returns: (transfer none): (thresholds, columns): the sum of the weights of
 *   the values above each threshold
 */
StrataValue *
strata_threshold_sums (StrataBuilder    *b,
                       StrataValue      *values,
                       StrataValue      *weights,
                       StrataValue      *thresholds,
                       StrataThresholds  kind)
{
  return strata_builder_emit (b, &strata_op_threshold_sums, &(Attrs){ kind },
                              (StrataValue *[]){ values, weights, thresholds }, 3);
}
