/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shown-texts.h"
#include "ops/text-op.h"

extern const StrataOp strata_op_split_tokens;

static gboolean
split_tokens_infer (StrataNode  *node,
                    GError     **error)
{
  if (!strata_text_op_check (node, error))
    return FALSE;
  strata_node_set_output (node, 0, STRATA_INT64, &STRATA_SHAPE (strata_node_shape (node, 0)->dims[0],
                                                                STRATA_ATTRS (StrataTextAttrs, node)->n));
  return TRUE;
}

static void
split_row (const StrataTextAttrs *attrs,
           const StrataToken     *tokens,
           gsize                  n,
           gpointer               row)
{
  gint64 *out = row;

  for (gint64 i = 0; i < attrs->n; i++)
    out[i] = i < (gint64) n ? strata_token_table_find_text (attrs->table, tokens[i].text, tokens[i].length) : 0;
}

static void
split_tokens_run (const StrataRun *run)
{
  strata_text_op_run (run, split_row, STRATA_ATTRS (StrataTextAttrs, run->node)->n * sizeof (gint64));
}

const StrataOp strata_op_split_tokens = {
  .name = "split_tokens",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataTextAttrs),
  .infer = split_tokens_infer,
  .run = split_tokens_run,
};

/* The most tokens that a row has. */
static gint64
find_length (const StrataShape        *shape,
             const char *const        *texts,
             const StrataTokenOptions *options)
{
  gint64 width = shape->rank == 2 ? shape->dims[1] : 1, most = 0;

  for (gint64 i = 0; i < shape->dims[0]; i++)
    {
      gsize n;

      strata_tokens_split (options, texts + i * width, width, &n);
      most = MAX (most, (gint64) n);
    }
  return most;
}

/**
 * strata_split_tokens:
 * @x: of shape (batch) or (batch, n): texts; those of a row follow each other
 * @length: how many tokens a row has at the end: more are cut off, fewer filled
 *   up with 0; unknown for as many as the longest row, which is known when
 *   running eagerly, or where the texts of the first run are
 *
 * Returns: (transfer none): (batch, @length) of int64: indices of tokens
 */
StrataValue *
strata_split_tokens (StrataBuilder            *b,
                     StrataValue              *x,
                     StrataTokenTable         *table,
                     const StrataTokenOptions *options,
                     gint64                    length)
{
  StrataTextAttrs attrs = { table, *options, length, FALSE };
  const char *const *texts = x->tensor != NULL && x->dtype == STRATA_STRING ? strata_tensor_get_data (x->tensor)
                                                                            : strata_builder_get_texts (b, x);

  if (!strata_builder_has_failed (b) && length == STRATA_UNKNOWN && texts != NULL && x->shape.rank <= 2 &&
      x->shape.rank > 0)
    {
      attrs.n = find_length (&x->shape, texts, options);
      attrs.open = x->tensor == NULL;
    }
  return strata_builder_emit (b, &strata_op_split_tokens, &attrs, &x, 1);
}

/**
 * strata_split_tokens_is_open: (skip)
 *
 * Returns: whether a node's shape follows from the texts that it was recorded for
 */
gboolean
strata_split_tokens_is_open (const StrataNode *node)
{
  return node->op == &strata_op_split_tokens && STRATA_ATTRS (StrataTextAttrs, node)->open;
}

/**
 * strata_split_tokens_fits: (skip)
 * @texts: others for its input
 *
 * Returns: whether the shape of an open node is right for them, too
 */
gboolean
strata_split_tokens_fits (const StrataNode  *node,
                          const char *const *texts)
{
  const StrataTextAttrs *attrs = STRATA_ATTRS (StrataTextAttrs, node);

  return find_length (&node->inputs[0]->shape, texts, &attrs->options) == attrs->n;
}
