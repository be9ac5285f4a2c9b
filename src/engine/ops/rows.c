/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/rows.h"

#include "ops/elementwise-op.h"
#include "tensor/pool.h"

/* Numbers worth a task of their own. */
#define TASK_NUMBERS 8192

STRATA_ISA_DECLARE (void, strata_block_exp, STRATA_BLOCK_ARGUMENTS)

gboolean
strata_rows_infer (StrataNode  *node,
                   GError     **error)
{
  if (node->inputs[0]->dtype != STRATA_FLOAT32 || strata_node_shape (node, 0)->rank == 0)
    return strata_op_mismatch (node, error, "float32 of one or more dimensions");
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

typedef struct
{
  const StrataRun *run;
  StrataRowsFunc func;
  gint64 n_rows, n;
  gint64 task_rows;
} Walk;

static void
run_rows (gpointer data,
          guint    task,
          guint    thread)
{
  const Walk *walk = data;
  gint64 first = task * walk->task_rows;

  walk->func ((const float *) walk->run->in[0] + first * walk->n, MIN (walk->task_rows, walk->n_rows - first), walk->n,
              (float *) walk->run->out[0] + first * walk->n);
}

/**
 * strata_rows_run: (skip)
 * @func: given up to %STRATA_ROWS_MAX rows at a time
 */
void
strata_rows_run (const StrataRun *run,
                 StrataRowsFunc   func)
{
  const StrataShape *shape = &run->node->outputs[0].shape;
  Walk walk = { run, func, strata_shape_get_span (shape, 0, shape->rank - 1), shape->dims[shape->rank - 1] };

  if (walk.n == 0 || walk.n_rows == 0)
    return;
  walk.task_rows = CLAMP (TASK_NUMBERS / walk.n, 1, STRATA_ROWS_MAX);
  strata_pool_run ((walk.n_rows + walk.task_rows - 1) / walk.task_rows, run_rows, &walk);
}

/**
 * strata_rows_exp: (skip)
 * @maxima: (out): the largest number of each row
 *
 * Exponentials of what is left when the largest number of a row is taken from
 * each: of all rows at once, as rows may be shorter than a vector.
 */
void
strata_rows_exp (const float *x,
                 gint64       n_rows,
                 gint64       n,
                 float       *maxima,
                 float       *y)
{
  static const StrataBlock exps[] = STRATA_ISA_TABLE (strata_block_exp);

  for (gint64 r = 0; r < n_rows; r++)
    {
      const float *row = x + r * n;
      float maximum = row[0];

      for (gint64 i = 1; i < n; i++)
        maximum = row[i] > maximum ? row[i] : maximum;
      for (gint64 i = 0; i < n; i++)
        y[r * n + i] = row[i] - maximum;
      maxima[r] = maximum;
    }
  exps[strata_isa_get ()]((const float *const[]){ y }, (float *const[]){ y }, n_rows * n, NULL);
}
