/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "ops/elementwise.h"
#include "ops/indexing.h"
#include "ops/matmul.h"
#include "ops/matrix-op.h"
#include "ops/shaping.h"

extern const StrataOp strata_op_matrix_lu;

static gboolean
matrix_lu_infer (StrataNode  *node,
                 GError     **error)
{
  const StrataShape *a = strata_node_shape (node, 0);
  StrataShape row, number;

  if (!strata_matrix_check (node, TRUE, error))
    return FALSE;
  row = strata_matrix_reduce (a, 1, strata_matrix_columns (a));
  number = strata_matrix_reduce (a, 0, 0);
  strata_node_set_output (node, 0, STRATA_FLOAT32, a);
  strata_node_set_output (node, 1, STRATA_INT32, &row);
  strata_node_set_output (node, 2, STRATA_FLOAT32, &number);
  strata_node_set_output (node, 3, STRATA_FLOAT32, &number);
  return TRUE;
}

static gsize
count_bytes (const StrataNode *node)
{
  gint64 n = strata_matrix_rows (strata_node_shape (node, 0));

  return n * n * sizeof (double) + n * sizeof (gint64);
}

static gsize
matrix_lu_scratch (const StrataNode *node)
{
  return count_bytes (node) * strata_pool_get_n_threads ();
}

static void
factor_one (gpointer data,
            guint    task,
            guint    thread)
{
  const StrataMatrixWalk *walk = data;
  gint64 n = walk->n, *pivots;
  double *a = strata_matrix_scratch (walk, thread), sign, log_size = 0;
  gint32 *place = (gint32 *) walk->run->out[1] + task * n;

  pivots = (gint64 *) (a + n * n);
  strata_matrix_load (a, (const float *) walk->run->in[0] + task * n * n, n * n);
  sign = strata_matrix_lu (a, n, pivots);
  for (gint64 i = 0; i < n; i++)
    {
      sign *= a[i * n + i] < 0 ? -1 : 1;
      log_size += log (fabs (a[i * n + i]));
      place[i] = i;
    }
  /* Exchanges undone, from the last to the first. */
  for (gint64 i = n - 1; i >= 0; i--)
    {
      gint32 kept = place[i];

      place[i] = place[pivots[i]];
      place[pivots[i]] = kept;
    }
  strata_matrix_store ((float *) walk->run->out[0] + task * n * n, a, n * n);
  ((float *) walk->run->out[2])[task] = sign;
  ((float *) walk->run->out[3])[task] = log_size;
}

static void
matrix_lu_run (const StrataRun *run)
{
  strata_matrix_each (run, count_bytes (run->node), factor_one);
}

/*
 * Of the factors, with rows back where they came from (P is their order), as in
 * de Hoog, Anderssen and Lukas, "Differentiation of matrix functionals using
 * triangular factorization", 2011: Pᵀ L⁻ᵀ (below (Lᵀ dL) + above (dU Uᵀ)) U⁻ᵀ.
 */
static StrataValue *
go_back (StrataBuilder    *b,
         const StrataNode *node,
         StrataValue      *grad)
{
  StrataValue *factors = (StrataValue *) &node->outputs[0], *rows = (StrataValue *) &node->outputs[1], *lower, *upper;
  StrataValue *y;
  gint64 n = strata_matrix_rows (strata_node_shape (node, 0));
  StrataValue *ones = strata_broadcast_to (b, strata_builder_scalar (b, 1), strata_node_shape (node, 0));

  lower = strata_add (b, strata_matrix_mask (b, factors, 1, 0, 0), strata_matrix_mask (b, ones, 0, 1, 0));
  upper = strata_matrix_mask (b, factors, 0, 1, 1);
  y = strata_matrix_mask (b, strata_matmul (b, lower, strata_matrix_mask (b, grad, 1, 0, 0), TRUE, FALSE), 1, 0, 0);
  y = strata_add (b, y,
                  strata_matrix_mask (b, strata_matmul (b, strata_matrix_mask (b, grad, 0, 1, 1), upper, FALSE, TRUE),
                                      0, 1, 1));
  y = strata_matrix_solve_system (b, strata_matrix_transposed (b, lower), y);
  /* Y U⁻ᵀ is the transpose of U⁻¹ Yᵀ. */
  y = strata_matrix_transposed (b, strata_matrix_solve_system (b, upper, strata_matrix_transposed (b, y)));
  return strata_matmul (b, strata_one_hot (b, rows, n), y, FALSE, FALSE);
}

static void
matrix_lu_gradient (StrataBuilder       *b,
                    const StrataNode    *node,
                    StrataValue *const  *grads,
                    StrataValue        **input_grads)
{
  StrataValue *back;

  if (grads[0] != NULL)
    input_grads[0] = go_back (b, node, grads[0]);
  if (grads[3] == NULL)
    return;
  back = strata_matrix_transposed (b, strata_matrix_inverse (b, node->inputs[0]));
  back = strata_multiply (b, back, strata_expand_dims (b, strata_expand_dims (b, grads[3], -1), -1));
  input_grads[0] = input_grads[0] != NULL ? strata_add (b, input_grads[0], back) : back;
}

const StrataOp strata_op_matrix_lu = {
  .name = "matrix_lu",
  .n_inputs = 1,
  .n_outputs = 4,
  .infer = matrix_lu_infer,
  .scratch = matrix_lu_scratch,
  .run = matrix_lu_run,
  .gradient = matrix_lu_gradient,
};

/**
 * strata_matrix_factor:
 * @order: (out): int32: which row of the factors each row of the matrix is
 * @sign: (out): 1, -1 or 0: of the determinant
 * @log_size: (out): the logarithm of the determinant's size
 *
 * Returns: (transfer none): L below the diagonal, U from it on
 */
StrataValue *
strata_matrix_factor (StrataBuilder  *b,
                      StrataValue    *a,
                      StrataValue   **order,
                      StrataValue   **sign,
                      StrataValue   **log_size)
{
  StrataValue *lu = strata_builder_emit (b, &strata_op_matrix_lu, NULL, &a, 1), **values[] = { order, sign, log_size };

  for (int i = 0; i < 3; i++)
    *values[i] = strata_builder_has_failed (b) ? lu : &lu->node->outputs[i + 1];
  return lu;
}
