/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "ops/bits.h"

typedef struct
{
  StrataDType dtype;
} Attrs;

extern const StrataOp strata_op_read_bits;

/* Where sizes differ, the last dimension grows or shrinks. */
static gboolean
read_bits_infer (StrataNode  *node,
                 GError     **error)
{
  StrataDType from = node->inputs[0]->dtype, to = STRATA_ATTRS (Attrs, node)->dtype;
  StrataShape shape = *strata_node_shape (node, 0);
  gint64 old_size = strata_dtype_get_size (from), new_size = strata_dtype_get_size (to);

  if (from == STRATA_STRING || to == STRATA_STRING)
    return strata_op_mismatch (node, error, "numbers");
  if (old_size != new_size)
    {
      gint64 *last = &shape.dims[MAX (shape.rank - 1, 0)];

      if (shape.rank < 1 || (*last >= 0 && *last * old_size % new_size != 0))
        return strata_op_mismatch (node, error, "a last dimension of a multiple of %d bytes", (int) new_size);
      if (*last >= 0)
        *last = *last * old_size / new_size;
    }
  strata_node_set_output (node, 0, to, &shape);
  return TRUE;
}

static void
read_bits_run (const StrataRun *run)
{
  const StrataValue *x = run->node->inputs[0];

  memcpy (run->out[0], run->in[0], strata_shape_get_size (&x->shape) * strata_dtype_get_size (x->dtype));
}

const StrataOp strata_op_read_bits = {
  .name = "read_bits",
  .n_inputs = 1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = read_bits_infer,
  .run = read_bits_run,
};

/**
 * strata_read_bits: (skip)
 *
 * Returns: (transfer none): the bits of @x as numbers of @dtype
 */
StrataValue *
strata_read_bits (StrataBuilder *b,
                  StrataValue   *x,
                  StrataDType    dtype)
{
  return x->dtype == dtype ? x : strata_builder_emit (b, &strata_op_read_bits, &(Attrs){ dtype }, &x, 1);
}
