/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/text.h"

#include <string.h>

#include "ops/index-op.h"
#include "text/fingerprint.h"

/* The key that TensorFlow hashes crossings with. */
#define HASH_KEY G_GUINT64_CONSTANT (0xDECAFCAFFE)

typedef struct
{
  gint64 bins;
} Attrs;

extern const StrataOp strata_op_cross_tokens;

static gboolean
cross_tokens_infer (StrataNode  *node,
                    GError     **error)
{
  for (guint i = 0; i < node->n_inputs; i++)
    if ((node->inputs[i]->dtype != STRATA_STRING && !strata_index_is_dtype (node->inputs[i]->dtype)) ||
        !strata_shape_is_compatible (strata_node_shape (node, i), strata_node_shape (node, 0)))
      return strata_op_mismatch (node, error, "texts or whole numbers, all of one shape");
  strata_node_set_output (node, 0, STRATA_INT64, strata_node_shape (node, 0));
  return TRUE;
}

static guint64
get_feature (const StrataRun *run,
             guint            input,
             gint64           i)
{
  StrataDType dtype = run->node->inputs[input]->dtype;
  const char *text;

  if (dtype != STRATA_STRING)
    return strata_index_get (dtype, run->in[input], i);
  text = ((const char *const *) run->in[input])[i];
  return strata_fingerprint (text != NULL ? text : "", text != NULL ? strlen (text) : 0);
}

static void
cross_tokens_run (const StrataRun *run)
{
  gint64 n = strata_shape_get_size (strata_node_shape (run->node, 0)), *out = run->out[0];

  for (gint64 i = 0; i < n; i++)
    {
      guint64 hash = HASH_KEY;

      for (guint k = 0; k < run->node->n_inputs; k++)
        hash = strata_fingerprint_join (hash, get_feature (run, k, i));
      out[i] = hash % (guint64) STRATA_ATTRS (Attrs, run->node)->bins;
    }
}

const StrataOp strata_op_cross_tokens = {
  .name = "cross_tokens",
  .n_inputs = -1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = cross_tokens_infer,
  .run = cross_tokens_run,
};

/**
 * strata_cross_tokens:
 * @xs: (array length=n): texts or whole numbers, all of one shape
 * @bins: into how many numbers combinations are spread
 *
 * Returns: (transfer none): int64: the bin of what stands at the same place in all of @xs
 */
StrataValue *
strata_cross_tokens (StrataBuilder      *b,
                     StrataValue *const *xs,
                     guint               n,
                     gint64              bins)
{
  return strata_builder_emit (b, &strata_op_cross_tokens, &(Attrs){ bins }, xs, n);
}
