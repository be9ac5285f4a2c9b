/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/matrix-op.h"

extern const StrataOp strata_op_matrix_solve;

static gboolean
matrix_solve_infer (StrataNode  *node,
                    GError     **error)
{
  const StrataShape *a = strata_node_shape (node, 0), *y = strata_node_shape (node, 1);

  if (!strata_matrix_check (node, TRUE, error))
    return FALSE;
  if (node->inputs[1]->dtype != STRATA_FLOAT32 || y->rank != a->rank)
    return strata_op_mismatch (node, error, "right sides of as many dimensions as the matrices");
  for (int i = 0; i < a->rank - 1; i++)
    if (a->dims[i] >= 0 && y->dims[i] >= 0 && a->dims[i] != y->dims[i])
      return strata_op_mismatch (node, error, "a right side for each row of each matrix");
  strata_node_set_output (node, 0, STRATA_FLOAT32, y);
  return TRUE;
}

static gsize
count_bytes (const StrataNode *node)
{
  const StrataShape *a = strata_node_shape (node, 0), *y = strata_node_shape (node, 1);
  gint64 n = strata_matrix_rows (a);

  return (n * n + n * strata_matrix_columns (y)) * sizeof (double) + n * sizeof (gint64);
}

static gsize
matrix_solve_scratch (const StrataNode *node)
{
  return count_bytes (node) * strata_pool_get_n_threads ();
}

static void
solve_one (gpointer data,
           guint    task,
           guint    thread)
{
  const StrataMatrixWalk *walk = data;
  gint64 n = walk->n, columns = strata_matrix_columns (strata_node_shape (walk->run->node, 1));
  double *a = strata_matrix_scratch (walk, thread), *y = a + n * n;
  gint64 *pivots = (gint64 *) (y + n * columns);

  strata_matrix_load (a, (const float *) walk->run->in[0] + task * n * n, n * n);
  strata_matrix_load (y, (const float *) walk->run->in[1] + task * n * columns, n * columns);
  strata_matrix_lu (a, n, pivots);
  strata_matrix_lu_solve (a, pivots, n, y, columns);
  strata_matrix_store ((float *) walk->run->out[0] + task * n * columns, y, n * columns);
}

static void
matrix_solve_run (const StrataRun *run)
{
  strata_matrix_each (run, count_bytes (run->node), solve_one);
}

static void
matrix_solve_gradient (StrataBuilder       *b,
                       const StrataNode    *node,
                       StrataValue *const  *grads,
                       StrataValue        **input_grads)
{
  StrataValue *back = strata_matrix_solve_system (b, strata_matrix_transposed (b, node->inputs[0]), grads[0]);

  input_grads[1] = back;
  input_grads[0] = strata_negative (b, strata_matmul (b, back, (StrataValue *) &node->outputs[0], FALSE, TRUE));
}

const StrataOp strata_op_matrix_solve = {
  .name = "matrix_solve",
  .n_inputs = 2,
  .n_outputs = 1,
  .infer = matrix_solve_infer,
  .scratch = matrix_solve_scratch,
  .run = matrix_solve_run,
  .gradient = matrix_solve_gradient,
};

/**
 * strata_matrix_solve_system:
 * @a: of shape (..., n, n)
 * @y: of shape (..., n, columns)
 *
 * Returns: (transfer none): x for which a x = y; not finite where a matrix is singular
 */
StrataValue *
strata_matrix_solve_system (StrataBuilder *b,
                            StrataValue   *a,
                            StrataValue   *y)
{
  return strata_builder_emit (b, &strata_op_matrix_solve, NULL, (StrataValue *[]){ a, y }, 2);
}

/**
 * strata_matrix_inverse:
 *
 * Returns: (transfer none): the inverses of matrices of a size that is known
 */
StrataValue *
strata_matrix_inverse (StrataBuilder *b,
                       StrataValue   *a)
{
  StrataValue *ones = strata_offset (b, strata_scale (b, a, 0), 1);

  return strata_matrix_solve_system (b, a, strata_matrix_mask (b, ones, 0, 1, 0));
}
