/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/text-op.h"

#include <string.h>

extern const StrataOp strata_op_count_tokens;

static gboolean
count_tokens_infer (StrataNode  *node,
                    GError     **error)
{
  if (!strata_text_op_check (node, error))
    return FALSE;
  strata_node_set_output (node, 0, STRATA_FLOAT32, &STRATA_SHAPE (strata_node_shape (node, 0)->dims[0],
                                                                  STRATA_ATTRS (StrataTextAttrs, node)->n));
  return TRUE;
}

static void
count_row (const StrataTextAttrs *attrs,
           const StrataToken     *tokens,
           gsize                  n,
           gpointer               row)
{
  float *out = row;

  memset (out, 0, attrs->n * sizeof *out);
  for (gsize i = 0; i < n; i++)
    {
      gint64 index = strata_token_table_find_text (attrs->table, tokens[i].text, tokens[i].length);

      if (index >= 0 && index < attrs->n)
        out[index]++;
    }
}

static void
count_tokens_run (const StrataRun *run)
{
  strata_text_op_run (run, count_row, STRATA_ATTRS (StrataTextAttrs, run->node)->n * sizeof (float));
}

const StrataOp strata_op_count_tokens = {
  .name = "count_tokens",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataTextAttrs),
  .infer = count_tokens_infer,
  .run = count_tokens_run,
};

/**
 * strata_count_tokens:
 * @x: of shape (batch) or (batch, n): texts; those of a row follow each other
 * @n: how many different tokens
 *
 * Returns: (transfer none): (batch, @n): how often each token is in a row
 */
StrataValue *
strata_count_tokens (StrataBuilder            *b,
                     StrataValue              *x,
                     StrataTokenTable         *table,
                     const StrataTokenOptions *options,
                     gint64                    n)
{
  return strata_builder_emit (b, &strata_op_count_tokens, &(StrataTextAttrs){ table, *options, n }, &x, 1);
}
