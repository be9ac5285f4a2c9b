/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/shaping.h"

#include <string.h>

#include "ops/indexing.h"

#include "tensor/pool.h"

/* Numbers a task moves. */
#define TASK_NUMBERS 16384

typedef struct
{
  int permutation[STRATA_MAX_RANK];
} Attrs;

extern const StrataOp strata_op_transpose;

static gboolean
transpose_infer (StrataNode  *node,
                 GError     **error)
{
  const int *permutation = STRATA_ATTRS (Attrs, node)->permutation;
  const StrataShape *x = strata_node_shape (node, 0);
  StrataShape shape = { .rank = x->rank };
  guint seen = 0;

  for (int i = 0; i < x->rank; i++)
    {
      if (permutation[i] < 0 || permutation[i] >= x->rank || (seen & 1u << permutation[i]))
        return strata_op_mismatch (node, error, "each of its %d dimensions once", x->rank);
      seen |= 1u << permutation[i];
      shape.dims[i] = x->dims[permutation[i]];
    }
  strata_node_set_output (node, 0, node->inputs[0]->dtype, &shape);
  return TRUE;
}

/* Rows of the result, one along its last dimension, and where they come from. */
typedef struct
{
  const StrataShape *shape;
  gint64 strides[STRATA_MAX_RANK];
  gint64 inner, inner_stride, n_rows, task_rows;
  gsize size;
  const char *source;
  char *target;
} Walk;

static void
copy_row (const Walk *walk,
          const char *source,
          char       *target)
{
  if (walk->inner_stride == (gint64) walk->size)
    memcpy (target, source, walk->inner * walk->size);
  else if (walk->size == 4)
    for (gint64 i = 0; i < walk->inner; i++)
      memcpy (target + 4 * i, source + i * walk->inner_stride, 4);
  else
    for (gint64 i = 0; i < walk->inner; i++)
      memcpy (target + i * walk->size, source + i * walk->inner_stride, walk->size);
}

static void
copy_rows (gpointer data,
           guint    task,
           guint    thread)
{
  const Walk *walk = data;
  gint64 first = task * walk->task_rows, end = MIN (first + walk->task_rows, walk->n_rows), rest = first;
  gint64 index[STRATA_MAX_RANK];
  const char *source = walk->source;

  for (int i = walk->shape->rank - 2; i >= 0; i--)
    {
      index[i] = rest % walk->shape->dims[i];
      rest /= walk->shape->dims[i];
      source += index[i] * walk->strides[i];
    }
  for (gint64 row = first; row < end; row++)
    {
      copy_row (walk, source, walk->target + row * walk->inner * walk->size);
      for (int i = walk->shape->rank - 2; i >= 0; i--)
        {
          source += walk->strides[i];
          if (++index[i] < walk->shape->dims[i])
            break;
          source -= index[i] * walk->strides[i];
          index[i] = 0;
        }
    }
}

static void
transpose_run (const StrataRun *run)
{
  const int *permutation = STRATA_ATTRS (Attrs, run->node)->permutation;
  const StrataShape *x = strata_node_shape (run->node, 0), *y = &run->node->outputs[0].shape;
  Walk walk = { .shape = y, .size = strata_dtype_get_size (run->node->inputs[0]->dtype), .inner = 1,
                .source = run->in[0], .target = run->out[0] };
  gint64 n = strata_shape_get_size (y);

  if (n == 0)
    return;
  for (int i = 0; i < y->rank; i++)
    walk.strides[i] = strata_shape_get_span (x, permutation[i] + 1, x->rank) * walk.size;
  if (y->rank > 0)
    {
      walk.inner = y->dims[y->rank - 1];
      walk.inner_stride = walk.strides[y->rank - 1];
    }
  walk.n_rows = n / walk.inner;
  walk.task_rows = MAX (1, TASK_NUMBERS / walk.inner);
  strata_pool_run ((walk.n_rows + walk.task_rows - 1) / walk.task_rows, copy_rows, &walk);
}

static void
transpose_gradient (StrataBuilder       *b,
                    const StrataNode    *node,
                    StrataValue *const  *grads,
                    StrataValue        **input_grads)
{
  int inverse[STRATA_MAX_RANK];

  for (int i = 0; i < grads[0]->shape.rank; i++)
    inverse[STRATA_ATTRS (Attrs, node)->permutation[i]] = i;
  input_grads[0] = strata_transpose (b, grads[0], inverse);
}

const StrataOp strata_op_transpose = {
  .name = "transpose",
  .n_inputs = 1,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .attrs_size = sizeof (Attrs),
  .infer = transpose_infer,
  .run = transpose_run,
  .gradient = transpose_gradient,
};

/**
 * strata_transpose:
 * @permutation: for each dimension of the result, which of @x it is
 *
 * Returns: (transfer none): @x with its dimensions in another order
 */
StrataValue *
strata_transpose (StrataBuilder *b,
                  StrataValue   *x,
                  const int     *permutation)
{
  Attrs attrs = { { 0 } };
  StrataValue *looked_up = strata_gather_transposed (b, x, permutation);

  if (looked_up != NULL)
    return looked_up;
  memcpy (attrs.permutation, permutation, x->shape.rank * sizeof permutation[0]);
  return strata_builder_emit (b, &strata_op_transpose, &attrs, &x, 1);
}

/**
 * strata_transpose_undoes: (skip)
 *
 * Returns: whether both nodes are transposes, and the first one gives back what the second one got
 */
gboolean
strata_transpose_undoes (const StrataNode *node,
                         const StrataNode *before)
{
  if (node->op != &strata_op_transpose || before->op != &strata_op_transpose)
    return FALSE;
  for (int i = 0; i < node->outputs[0].shape.rank; i++)
    if (STRATA_ATTRS (Attrs, before)->permutation[STRATA_ATTRS (Attrs, node)->permutation[i]] != i)
      return FALSE;
  return TRUE;
}

/**
 * strata_transpose_get_permutation: (skip)
 *
 * Returns: (nullable): for each dimension of the result, which of the input it is; %NULL if @node is no transpose
 */
const int *
strata_transpose_get_permutation (const StrataNode *node)
{
  return node->op == &strata_op_transpose ? STRATA_ATTRS (Attrs, node)->permutation : NULL;
}
