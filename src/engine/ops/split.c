/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <inttypes.h>
#include <string.h>

typedef struct
{
  gint64 first;
} Attrs;

extern const StrataOp strata_op_split;

/* Along the first dimension, so that both parts are whole pieces of memory. */
static gboolean
split_infer (StrataNode  *node,
             GError     **error)
{
  gint64 first = STRATA_ATTRS (Attrs, node)->first;
  StrataShape shape = *strata_node_shape (node, 0);

  if (shape.rank < 1 || first < 1 || first >= shape.dims[0])
    return strata_op_mismatch (node, error, "more than %" PRId64 " along its first dimension", first);
  for (int i = 0; i < 2; i++)
    {
      shape.dims[0] = i == 0 ? first : strata_node_shape (node, 0)->dims[0] - first;
      strata_node_set_output (node, i, node->inputs[0]->dtype, &shape);
    }
  return TRUE;
}

static void
split_run (const StrataRun *run)
{
  gsize at = 0;

  for (int i = 0; i < 2; i++)
    {
      const StrataValue *part = &run->node->outputs[i];
      gsize bytes = strata_shape_get_size (&part->shape) * strata_dtype_get_size (part->dtype);

      memcpy (run->out[i], (const char *) run->in[0] + at, bytes);
      at += bytes;
    }
}

static void
split_gradient (StrataBuilder       *b,
                const StrataNode    *node,
                StrataValue *const  *grads,
                StrataValue        **input_grads)
{
  StrataValue *parts[2];

  for (int i = 0; i < 2; i++)
    parts[i] = grads[i] != NULL ? grads[i]
                                : strata_broadcast_to (b, strata_builder_scalar (b, 0), &node->outputs[i].shape);
  input_grads[0] = strata_concatenate (b, parts, 2, 0);
}

const StrataOp strata_op_split = {
  .name = "split",
  .n_inputs = 1,
  .n_outputs = 2,
  .attrs_size = sizeof (Attrs),
  .infer = split_infer,
  .run = split_run,
  .gradient = split_gradient,
};

static void
unstack (StrataBuilder  *b,
         StrataValue    *x,
         gint64          n,
         StrataValue   **values)
{
  StrataValue *part;

  if (n == 1)
    {
      values[0] = strata_squeeze (b, x, 0);
      return;
    }
  part = strata_builder_emit (b, &strata_op_split, &(Attrs){ n / 2 }, &x, 1);
  unstack (b, part, n / 2, values);
  unstack (b, strata_builder_has_failed (b) ? part : &part->node->outputs[1], n - n / 2, values + n / 2);
}

/**
 * strata_unstack:
 * @x: its first dimension has a known size
 * @values: (out): as many values: the entries along that dimension
 *
 * Takes @x apart by halves, so that gradients are put together by halves, too:
 * a slice for each entry would have them summed over all of @x each time.
 */
void
strata_unstack (StrataBuilder  *b,
                StrataValue    *x,
                StrataValue   **values)
{
  unstack (b, x, x->shape.dims[0], values);
}
