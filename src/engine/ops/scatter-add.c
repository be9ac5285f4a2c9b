/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/index-op.h"

#include <string.h>

#include "tensor/pool.h"

typedef struct
{
  gint64 n;
} Attrs;

typedef struct
{
  const StrataRun *run;
  gint64 n, rows, width, part;
} Walk;

extern const StrataOp strata_op_scatter_add;

static gboolean
scatter_add_infer (StrataNode  *node,
                   GError     **error)
{
  const StrataShape *indices = strata_node_shape (node, 0), *rows = strata_node_shape (node, 1);
  StrataShape shape = STRATA_SHAPE (STRATA_ATTRS (Attrs, node)->n);

  if (!strata_index_is_dtype (node->inputs[0]->dtype) || node->inputs[1]->dtype != STRATA_FLOAT32 ||
      rows->rank < indices->rank)
    return strata_op_mismatch (node, error, "whole numbers and a row of float32 for each");
  for (int i = 0; i < indices->rank; i++)
    if (indices->dims[i] >= 0 && rows->dims[i] >= 0 && indices->dims[i] != rows->dims[i])
      return strata_op_mismatch (node, error, "as many rows as indices");
  for (int i = indices->rank; i < rows->rank; i++)
    strata_shape_append (&shape, rows->dims[i]);
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

/* Each task owns a range of the table's rows, so sums do not depend on the number of threads. */
static void
add_rows (gpointer data,
          guint    task,
          guint    thread)
{
  const Walk *walk = data;
  StrataDType dtype = walk->run->node->inputs[0]->dtype;
  gint64 first = task * walk->part, end = MIN (first + walk->part, walk->rows);
  const float *source = walk->run->in[1];
  float *out = walk->run->out[0];

  memset (out + first * walk->width, 0, MAX (end - first, 0) * walk->width * sizeof *out);
  for (gint64 i = 0; i < walk->n; i++, source += walk->width)
    {
      gint64 row = strata_index_get (dtype, walk->run->in[0], i);
      float *target = out + row * walk->width;

      for (gint64 j = 0; row >= first && row < end && j < walk->width; j++)
        target[j] += source[j];
    }
}

static void
scatter_add_run (const StrataRun *run)
{
  const StrataShape *y = &run->node->outputs[0].shape;
  guint n_tasks = strata_pool_get_n_threads ();
  Walk walk = { run, strata_shape_get_size (strata_node_shape (run->node, 0)), y->dims[0],
                strata_shape_get_span (y, 1, y->rank), 0 };

  walk.part = (walk.rows + n_tasks - 1) / n_tasks;
  strata_pool_run (n_tasks, add_rows, &walk);
}

static void
scatter_add_gradient (StrataBuilder       *b,
                      const StrataNode    *node,
                      StrataValue *const  *grads,
                      StrataValue        **input_grads)
{
  input_grads[1] = strata_gather (b, grads[0], node->inputs[0]);
}

const StrataOp strata_op_scatter_add = {
  .name = "scatter_add",
  .n_inputs = 2,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .infer = scatter_add_infer,
  .run = scatter_add_run,
  .gradient = scatter_add_gradient,
};

/**
 * strata_scatter_add:
 * @indices: where each row goes
 * @rows: the rows: of the shape of @indices and then of a row
 * @n: rows of the result
 *
 * Returns: (transfer none): (n, ...): the sum of the rows that go to each place
 */
StrataValue *
strata_scatter_add (StrataBuilder *b,
                    StrataValue   *indices,
                    StrataValue   *rows,
                    gint64         n)
{
  return strata_builder_emit (b, &strata_op_scatter_add, &(Attrs){ n }, (StrataValue *[]){ indices, rows }, 2);
}
