/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/text.h"

#include <string.h>

#include "ops/index-op.h"
#include "text/fingerprint.h"

extern const StrataOp strata_op_hash_tokens;

static gboolean
hash_tokens_infer (StrataNode  *node,
                   GError     **error)
{
  StrataDType dtype = node->inputs[0]->dtype;

  if (dtype != STRATA_STRING && !strata_index_is_dtype (dtype))
    return strata_op_mismatch (node, error, "texts or whole numbers");
  strata_node_set_output (node, 0, STRATA_INT64, strata_node_shape (node, 0));
  return TRUE;
}

static gint64
hash (const StrataHashOptions *options,
      const char              *text,
      gsize                    n,
      gboolean                 masked)
{
  guint64 bins = options->bins - (options->masks && options->bins > 1), value;

  if (masked && options->bins > 1)
    return 0;
  value = options->salted ? strata_fingerprint_salted (text, n, options->key[0], options->key[1])
                          : strata_fingerprint (text, n);
  return value % bins + (options->masks && options->bins > 1);
}

static void
hash_tokens_run (const StrataRun *run)
{
  const StrataValue *x = run->node->inputs[0];
  const StrataHashOptions *options = STRATA_ATTRS (StrataHashOptions, run->node);
  gint64 n = strata_shape_get_size (&x->shape), *out = run->out[0];

  for (gint64 i = 0; i < n; i++)
    if (x->dtype == STRATA_STRING)
      {
        const char *text = ((const char *const *) run->in[0])[i];
        gsize length;

        text = text != NULL ? text : "";
        length = strlen (text);
        out[i] = hash (options, text, length,
                       options->masks && strata_fingerprint (text, length) == options->mask_hash);
      }
    else
      {
        gint64 number = strata_index_get (x->dtype, run->in[0], i);
        char text[24];
        gsize length = strata_fingerprint_write (number, text);

        out[i] = hash (options, text, length, options->masks && number == options->mask_number);
      }
}

const StrataOp strata_op_hash_tokens = {
  .name = "hash_tokens",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (StrataHashOptions),
  .infer = hash_tokens_infer,
  .run = hash_tokens_run,
};

/**
 * strata_hash_tokens:
 * @x: texts or whole numbers
 *
 * Returns: (transfer none): int64: the bin of each
 */
StrataValue *
strata_hash_tokens (StrataBuilder           *b,
                    StrataValue             *x,
                    const StrataHashOptions *options)
{
  return strata_builder_emit (b, &strata_op_hash_tokens, options, &x, 1);
}
