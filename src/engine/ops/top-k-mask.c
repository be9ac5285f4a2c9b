/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/counting.h"

typedef struct
{
  gint64 k;
} Attrs;

extern const StrataOp strata_op_top_k_mask;

static gboolean
top_k_mask_infer (StrataNode  *node,
                  GError     **error)
{
  if (node->inputs[0]->dtype != STRATA_FLOAT32 || strata_node_shape (node, 0)->rank < 1)
    return strata_op_mismatch (node, error, "float32 of at least one dimension");
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

static void
top_k_mask_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0);
  gint64 n = x->dims[x->rank - 1], rows = strata_shape_get_span (x, 0, x->rank - 1);
  gint64 k = MIN (STRATA_ATTRS (Attrs, run->node)->k, n);
  const float *in = run->in[0];
  float *out = run->out[0];

  for (gint64 r = 0; r < rows; r++, in += n, out += n)
    {
      for (gint64 i = 0; i < n; i++)
        out[i] = 0;
      for (gint64 chosen = 0; chosen < k; chosen++)
        {
          gint64 best = -1;

          for (gint64 i = 0; i < n; i++)
            if (out[i] == 0 && (best < 0 || in[i] > in[best]))
              best = i;
          out[best] = 1;
        }
    }
}

const StrataOp strata_op_top_k_mask = {
  .name = "top_k_mask",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = top_k_mask_infer,
  .run = top_k_mask_run,
};

/**
 * strata_top_k_mask: (skip)
 * @k: how many
 *
 * Returns: (transfer none): 1 for the k largest along the last dimension, the
 *   first of equals; else 0
 */
StrataValue *
strata_top_k_mask (StrataBuilder *b,
                   StrataValue   *x,
                   gint64         k)
{
  return strata_builder_emit (b, &strata_op_top_k_mask, &(Attrs){ k }, &x, 1);
}
