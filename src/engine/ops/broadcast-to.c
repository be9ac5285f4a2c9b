/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <string.h>

typedef struct
{
  StrataShape shape;
} Attrs;

extern const StrataOp strata_op_broadcast_to;

static gboolean
broadcast_to_infer (StrataNode  *node,
                    GError     **error)
{
  const StrataShape *shape = &STRATA_ATTRS (Attrs, node)->shape;
  StrataShape result;

  if (!strata_shape_broadcast (strata_node_shape (node, 0), shape, &result) ||
      !strata_shape_is_compatible (&result, shape))
    {
      g_autofree char *text = strata_shape_to_string (shape);

      return strata_op_mismatch (node, error, "a shape that can be repeated to make %s", text);
    }
  strata_node_set_output (node, 0, node->inputs[0]->dtype, shape);
  return TRUE;
}

/* Repeats one element. */
static void
fill (char       *target,
      const char *source,
      gsize       size,
      gint64      n)
{
  guint32 element;

  if (size != sizeof element)
    {
      for (gint64 i = 0; i < n; i++)
        memcpy (target + i * size, source, size);
      return;
    }
  memcpy (&element, source, sizeof element);
  for (gint64 i = 0; i < n; i++)
    memcpy (target + i * sizeof element, &element, sizeof element);
}

static void
repeat (const StrataShape  *x,
        const StrataShape  *y,
        int                 axis,
        gsize               size,
        const char        **source,
        char              **target)
{
  int own = axis - (y->rank - x->rank);
  gint64 n = y->dims[axis];
  gboolean real = own >= 0 && x->dims[own] != 1;
  char *start = *target;

  if (axis == y->rank - 1)
    {
      if (real)
        memcpy (*target, *source, n * size);
      else
        fill (*target, *source, size, n);
      *target += n * size;
      *source += (real ? n : MIN (n, 1)) * size;
      return;
    }
  for (gint64 i = 0; i < (real ? n : MIN (n, 1)); i++)
    repeat (x, y, axis + 1, size, source, target);
  for (gint64 i = 1, step = *target - start; !real && i < n; i++, *target += step)
    memcpy (*target, start, step);
}

static void
broadcast_to_run (const StrataRun *run)
{
  const StrataShape *x = strata_node_shape (run->node, 0), *y = &run->node->outputs[0].shape;
  gsize size = strata_dtype_get_size (run->node->outputs[0].dtype);
  const char *source = run->in[0];
  char *target = run->out[0];

  if (y->rank == 0)
    memcpy (target, source, size);
  else if (strata_shape_get_size (y) > 0)
    repeat (x, y, 0, size, &source, &target);
}

static void
broadcast_to_gradient (StrataBuilder       *b,
                       const StrataNode    *node,
                       StrataValue *const  *grads,
                       StrataValue        **input_grads)
{
  input_grads[0] = strata_unbroadcast (b, grads[0], strata_node_shape (node, 0));
}

const StrataOp strata_op_broadcast_to = {
  .name = "broadcast_to",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .attrs_size = sizeof (Attrs),
  .infer = broadcast_to_infer,
  .run = broadcast_to_run,
  .gradient = broadcast_to_gradient,
};

/**
 * strata_broadcast_to:
 *
 * Returns: (transfer none): @x repeated along its dimensions of size 1 to make @shape
 */
StrataValue *
strata_broadcast_to (StrataBuilder     *b,
                     StrataValue       *x,
                     const StrataShape *shape)
{
  if (strata_shape_equal (&x->shape, shape))
    return x;
  return strata_builder_emit (b, &strata_op_broadcast_to, &(Attrs){ *shape }, &x, 1);
}
