/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/index-op.h"

#include <string.h>

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

extern const StrataOp strata_op_gather;

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

static void
gather_gradient (StrataBuilder       *b,
                 const StrataNode    *node,
                 StrataValue *const  *grads,
                 StrataValue        **input_grads)
{
  input_grads[0] = strata_scatter_add (b, node->inputs[1], grads[0], strata_node_shape (node, 0)->dims[0]);
}

const StrataOp strata_op_gather = {
  .name = "gather",
  .n_inputs = 2,
  .n_outputs = 1,
  .infer = gather_infer,
  .run = gather_run,
  .gradient = gather_gradient,
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
