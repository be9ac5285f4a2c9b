/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/index-op.h"

#include <string.h>

#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/shaping.h"
#include "tensor/pool.h"

/* Rows a task copies. They come in any order, so memory is asked for them ahead. */
#define TASK_ROWS 512
#define ROWS_AHEAD 8
#define CACHE_LINE 64

typedef struct
{
  const StrataRun *run;
  gint64 n, rows, width;
} Walk;

typedef struct
{
  int permutation[STRATA_MAX_RANK];
} Attrs;

extern const StrataOp strata_op_gather, strata_op_gather_transposed, strata_op_add;

static gboolean
gather_infer (StrataNode  *node,
              GError     **error)
{
  const StrataShape *table = strata_node_shape (node, 0);
  StrataShape shape = *strata_node_shape (node, 1);

  if (node->inputs[0]->dtype != STRATA_FLOAT32 || table->rank < 1 || !strata_index_is_dtype (node->inputs[1]->dtype) ||
      table->rank - 1 + shape.rank > STRATA_MAX_RANK)
    return strata_op_mismatch (node, error, "a table of float32 and whole numbers that index its rows");
  for (int i = 1; i < table->rank; i++)
    strata_shape_append (&shape, table->dims[i]);
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
fetch_row (const Walk *walk,
           gint64      i)
{
  gint64 row = strata_index_get (walk->run->node->inputs[1]->dtype, walk->run->in[1], MIN (i, walk->n - 1));

  for (gsize at = 0; row >= 0 && row < walk->rows && at < walk->width * sizeof (float); at += CACHE_LINE)
    __builtin_prefetch ((const char *) ((const float *) walk->run->in[0] + row * walk->width) + at);
}

/* An index beyond the table gives NaN: a mistake in the data is to be seen, not to pass for a row. */
static void
copy_rows (gpointer data,
           guint    task,
           guint    thread)
{
  const Walk *walk = data;
  const float *table = walk->run->in[0];
  float *out = walk->run->out[0];
  StrataDType dtype = walk->run->node->inputs[1]->dtype;
  gint64 end = MIN ((task + (gint64) 1) * TASK_ROWS, walk->n);

  for (gint64 i = (gint64) task * TASK_ROWS; i < end; i++)
    {
      gint64 row = strata_index_get (dtype, walk->run->in[1], i);

      fetch_row (walk, i + ROWS_AHEAD);
      if (row >= 0 && row < walk->rows)
        memcpy (out + i * walk->width, table + row * walk->width, walk->width * sizeof *out);
      else
        for (gint64 j = 0; j < walk->width; j++)
          out[i * walk->width + j] = NAN;
    }
}

static void
gather_run (const StrataRun *run)
{
  const StrataShape *table = strata_node_shape (run->node, 0);
  Walk walk = { run, strata_shape_get_size (strata_node_shape (run->node, 1)), table->dims[0],
                strata_shape_get_span (table, 1, table->rank) };

  strata_pool_run ((walk.n + TASK_ROWS - 1) / TASK_ROWS, copy_rows, &walk);
}

static gboolean
moves_only_indices (const int *permutation,
                    int        rank,
                    int        n_indices)
{
  for (int i = n_indices; i < rank; i++)
    if (permutation[i] != i)
      return FALSE;
  return TRUE;
}

static void
invert (const int *permutation,
        int        rank,
        int       *inverse)
{
  for (int i = 0; i < rank; i++)
    inverse[permutation[i]] = i;
}

/* What came to @grad from lookups in another order, added up in that order; NULL where orders differ. */
static StrataValue *
add_in_their_order (StrataBuilder  *b,
                    StrataValue    *grad,
                    int             n_indices,
                    const int     **permutation)
{
  const StrataNode *node = grad->node;
  const int *other;
  StrataValue *x, *y;

  *permutation = strata_transpose_get_permutation (node);
  if (*permutation != NULL)
    return moves_only_indices (*permutation, grad->shape.rank, n_indices) ? node->inputs[0] : NULL;
  if (node->op != &strata_op_add)
    return NULL;
  x = add_in_their_order (b, node->inputs[0], n_indices, permutation);
  y = x != NULL ? add_in_their_order (b, node->inputs[1], n_indices, &other) : NULL;
  if (y == NULL || x->shape.rank != y->shape.rank || memcmp (*permutation, other, x->shape.rank * sizeof *other) != 0)
    return NULL;
  return strata_add (b, x, y);
}

static void
gather_gradient (StrataBuilder       *b,
                 const StrataNode    *node,
                 StrataValue *const  *grads,
                 StrataValue        **input_grads)
{
  StrataValue *indices = node->inputs[1], *rows = grads[0];
  const int *permutation;
  StrataValue *moved = add_in_their_order (b, rows, indices->shape.rank, &permutation);

  if (moved != NULL)
    {
      int inverse[STRATA_MAX_RANK];

      invert (permutation, indices->shape.rank, inverse);
      indices = strata_transpose (b, indices, inverse);
      rows = moved;
    }
  input_grads[0] = strata_scatter_add (b, indices, rows, strata_node_shape (node, 0)->dims[0]);
}

const StrataOp strata_op_gather = {
  .name = "gather",
  .n_inputs = 2,
  .n_outputs = 1,
  .flags = STRATA_OP_MOVES,
  .infer = gather_infer,
  .run = gather_run,
  .gradient = gather_gradient,
};

/* The third input is what is transposed: gradients go there, so that all of one lookup are added up before they are
 * slices of the table. */
static void
gather_transposed_gradient (StrataBuilder       *b,
                            const StrataNode    *node,
                            StrataValue *const  *grads,
                            StrataValue        **input_grads)
{
  int inverse[STRATA_MAX_RANK];

  invert (STRATA_ATTRS (Attrs, node)->permutation, grads[0]->shape.rank, inverse);
  input_grads[2] = strata_transpose (b, grads[0], inverse);
}

const StrataOp strata_op_gather_transposed = {
  .name = "gather_transposed",
  .n_inputs = 3,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = gather_infer,
  .run = gather_run,
  .gradient = gather_transposed_gradient,
};

/**
 * strata_gather:
 * @table: of shape (rows, ...)
 * @indices: which rows, of any shape; int32, int64, or floats that are whole
 *
 * Returns: (transfer none): the rows, of the shape of @indices and then of a row
 */
StrataValue *
strata_gather (StrataBuilder *b,
               StrataValue   *table,
               StrataValue   *indices)
{
  return strata_builder_emit (b, &strata_op_gather, NULL, (StrataValue *[]){ table, indices }, 2);
}

/**
 * strata_gather_transposed: (skip)
 * @x: rows that were looked up, or anything else
 * @permutation: for each dimension of the result, which of @x it is
 *
 * Rows that are looked up may come in any order: indices are moved, which are few, not rows.
 *
 * Returns: (transfer none) (nullable): @x with its dimensions in another order, if it is of such rows
 */
StrataValue *
strata_gather_transposed (StrataBuilder *b,
                          StrataValue   *x,
                          const int     *permutation)
{
  Attrs attrs = { { 0 } };
  StrataValue *const *inputs;

  if (strata_builder_is_eager (b) || x->node == NULL || x->node->op != &strata_op_gather)
    return NULL;
  inputs = x->node->inputs;
  if (!moves_only_indices (permutation, x->shape.rank, inputs[1]->shape.rank))
    return NULL;
  memcpy (attrs.permutation, permutation, x->shape.rank * sizeof permutation[0]);
  return strata_builder_emit (b, &strata_op_gather_transposed, &attrs,
                              (StrataValue *[]){ inputs[0], strata_transpose (b, inputs[1], permutation), x }, 3);
}

/**
 * strata_gather_forget_order: (skip)
 * @node: any node of a graph whose gradients have been taken
 *
 * Has a lookup in another order no longer depend on that in the first one.
 */
void
strata_gather_forget_order (StrataNode *node)
{
  if (node->op != &strata_op_gather_transposed)
    return;
  node->op = &strata_op_gather;
  node->n_inputs = strata_op_gather.n_inputs;
}
