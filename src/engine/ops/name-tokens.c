/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/text.h"

#include "ops/index-op.h"

typedef struct
{
  StrataTokenTable *table;
  const char *unknown_text; /* interned */
  gint64 unknown_number;
} Attrs;

extern const StrataOp strata_op_name_tokens;

static gboolean
name_tokens_infer (StrataNode  *node,
                   GError     **error)
{
  if (!strata_index_is_dtype (node->inputs[0]->dtype))
    return strata_op_mismatch (node, error, "whole numbers");
  strata_node_set_output (node, 0, strata_token_table_has_texts (STRATA_ATTRS (Attrs, node)->table) ? STRATA_STRING
                                                                                                    : STRATA_INT64,
                          strata_node_shape (node, 0));
  return TRUE;
}

static void
name_tokens_run (const StrataRun *run)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, run->node);
  const StrataTokenRules *rules = strata_token_table_get_rules (attrs->table);
  gint64 n = strata_shape_get_size (strata_node_shape (run->node, 0)), first = rules->unknown_start + rules->n_unknown;
  gboolean texts = strata_token_table_has_texts (attrs->table);

  for (gint64 i = 0; i < n; i++)
    {
      gint64 index = strata_index_get (run->node->inputs[0]->dtype, run->in[0], i), at = index - first;
      gboolean known = at >= 0 && at < strata_token_table_get_size (attrs->table), masked = rules->masks && index == 0;

      if (texts)
        ((const char **) run->out[0])[i] = masked  ? rules->mask_text
                                           : known ? strata_token_table_get_text (attrs->table, at)
                                                   : attrs->unknown_text;
      else
        ((gint64 *) run->out[0])[i] = masked  ? rules->mask_number
                                      : known ? strata_token_table_get_number (attrs->table, at)
                                              : attrs->unknown_number;
    }
}

const StrataOp strata_op_name_tokens = {
  .name = "name_tokens",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = name_tokens_infer,
  .run = name_tokens_run,
};

/**
 * strata_name_tokens:
 * @x: indices
 * @unknown_text: what indices that are none become, where tokens are texts
 * @unknown_number: the like for numbers
 *
 * Goes the way of strata_find_tokens() back.
 * Returns: (transfer none): texts or int64
 */
StrataValue *
strata_name_tokens (StrataBuilder    *b,
                    StrataValue      *x,
                    StrataTokenTable *table,
                    const char       *unknown_text,
                    gint64            unknown_number)
{
  return strata_builder_emit (b, &strata_op_name_tokens,
                              &(Attrs){ table, g_intern_string (unknown_text), unknown_number }, &x, 1);
}
