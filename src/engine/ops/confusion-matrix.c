/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/counting.h"

#include <string.h>

typedef struct
{
  gint64 n_classes;
} Attrs;

extern const StrataOp strata_op_confusion_matrix;

static gboolean
confusion_matrix_infer (StrataNode  *node,
                        GError     **error)
{
  gint64 n = STRATA_ATTRS (Attrs, node)->n_classes;

  for (guint i = 0; i < 3; i++)
    if (node->inputs[i]->dtype != STRATA_FLOAT32 || strata_node_shape (node, i)->rank != 1 ||
        !strata_shape_is_compatible (strata_node_shape (node, i), strata_node_shape (node, 0)))
      return strata_op_mismatch (node, error, "as many labels, predictions and weights, float32 of one dimension");
  strata_node_set_output (node, 0, STRATA_FLOAT32, &STRATA_SHAPE (n, n));
  return TRUE;
}

static gsize
confusion_matrix_scratch (const StrataNode *node)
{
  return strata_shape_get_size (&node->outputs[0].shape) * sizeof (double);
}

static void
confusion_matrix_run (const StrataRun *run)
{
  gint64 n = strata_shape_get_size (strata_node_shape (run->node, 0)), k = STRATA_ATTRS (Attrs, run->node)->n_classes;
  const float *labels = run->in[0], *predictions = run->in[1], *weights = run->in[2];
  double *counts = run->scratch;
  float *out = run->out[0];

  memset (counts, 0, k * k * sizeof *counts);
  for (gint64 i = 0; i < n; i++)
    if (labels[i] >= 0 && labels[i] < k && predictions[i] >= 0 && predictions[i] < k)
      counts[(gint64) labels[i] * k + (gint64) predictions[i]] += weights[i];
  for (gint64 i = 0; i < k * k; i++)
    out[i] = counts[i];
}

const StrataOp strata_op_confusion_matrix = {
  .name = "confusion_matrix",
  .n_inputs = 3,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = confusion_matrix_infer,
  .scratch = confusion_matrix_scratch,
  .run = confusion_matrix_run,
};

/**
 * strata_confusion_matrix: (skip)
 * @labels: of shape (samples): the true classes
 * @predictions: of shape (samples): the predicted ones
 * @weights: of shape (samples)
 *
 * Returns: (transfer none): (true classes, predicted classes): sums of weights;
 *   numbers that are no class do not count
 */
StrataValue *
strata_confusion_matrix (StrataBuilder *b,
                         StrataValue   *labels,
                         StrataValue   *predictions,
                         StrataValue   *weights,
                         gint64         n_classes)
{
  return strata_builder_emit (b, &strata_op_confusion_matrix, &(Attrs){ n_classes },
                              (StrataValue *[]){ labels, predictions, weights }, 3);
}
