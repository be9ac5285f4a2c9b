/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ops/index-op.h"

typedef struct
{
  StrataTokenTable *table;
} Attrs;

extern const StrataOp strata_op_find_tokens;

static gboolean
find_tokens_infer (StrataNode  *node,
                   GError     **error)
{
  StrataDType dtype = node->inputs[0]->dtype;

  if (strata_token_table_has_texts (STRATA_ATTRS (Attrs, node)->table) ? dtype != STRATA_STRING
                                                                       : !strata_index_is_dtype (dtype))
    return strata_op_mismatch (node, error, dtype == STRATA_STRING ? N_("whole numbers") : N_("texts"));
  strata_node_set_output (node, 0, STRATA_INT64, strata_node_shape (node, 0));
  return TRUE;
}

static void
find_tokens_run (const StrataRun *run)
{
  const StrataValue *x = run->node->inputs[0];
  StrataTokenTable *table = STRATA_ATTRS (Attrs, run->node)->table;
  gint64 n = strata_shape_get_size (&x->shape), *out = run->out[0];

  for (gint64 i = 0; i < n; i++)
    if (x->dtype == STRATA_STRING)
      {
        const char *text = ((const char *const *) run->in[0])[i];

        out[i] = strata_token_table_find_text (table, text != NULL ? text : "", text != NULL ? strlen (text) : 0);
      }
    else
      out[i] = strata_token_table_find_number (table, strata_index_get (x->dtype, run->in[0], i));
}

const StrataOp strata_op_find_tokens = {
  .name = "find_tokens",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = find_tokens_infer,
  .run = find_tokens_run,
};

/**
 * strata_find_tokens:
 * @x: texts or whole numbers, as the table has
 *
 * Returns: (transfer none): int64: the index of each
 */
StrataValue *
strata_find_tokens (StrataBuilder    *b,
                    StrataValue      *x,
                    StrataTokenTable *table)
{
  return strata_builder_emit (b, &strata_op_find_tokens, &(Attrs){ table }, &x, 1);
}
