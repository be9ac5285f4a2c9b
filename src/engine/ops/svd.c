/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/matrix-op.h"
#include "ops/shaping.h"

extern const StrataOp strata_op_svd;

static gboolean
svd_infer (StrataNode  *node,
           GError     **error)
{
  const StrataShape *a = strata_node_shape (node, 0);
  StrataShape values, v = *a;
  gint64 n;

  if (!strata_matrix_check (node, FALSE, error))
    return FALSE;
  n = strata_matrix_columns (a);
  if (n < 0 || strata_matrix_rows (a) < n)
    return strata_op_mismatch (node, error, "matrices of a size that is known, with as many rows as columns or more");
  values = strata_matrix_reduce (a, 1, n);
  v.dims[v.rank - 2] = n;
  strata_node_set_output (node, 0, STRATA_FLOAT32, &values);
  strata_node_set_output (node, 1, STRATA_FLOAT32, a);
  strata_node_set_output (node, 2, STRATA_FLOAT32, &v);
  return TRUE;
}

static gsize
count_bytes (const StrataNode *node)
{
  gint64 m = strata_matrix_rows (strata_node_shape (node, 0)), n = strata_matrix_columns (strata_node_shape (node, 0));

  return (m * n + n * n + n) * sizeof (double);
}

static gsize
svd_scratch (const StrataNode *node)
{
  return count_bytes (node) * strata_pool_get_n_threads ();
}

static void
factor_one (gpointer data,
            guint    task,
            guint    thread)
{
  const StrataMatrixWalk *walk = data;
  gint64 m = walk->m, n = walk->n;
  double *a = strata_matrix_scratch (walk, thread), *v = a + m * n, *values = v + n * n;

  strata_matrix_load (a, (const float *) walk->run->in[0] + task * m * n, m * n);
  strata_matrix_svd (a, m, n, values, v);
  strata_matrix_store ((float *) walk->run->out[0] + task * n, values, n);
  strata_matrix_store ((float *) walk->run->out[1] + task * m * n, a, m * n);
  strata_matrix_store ((float *) walk->run->out[2] + task * n * n, v, n * n);
}

static void
svd_run (const StrataRun *run)
{
  strata_matrix_each (run, count_bytes (run->node), factor_one);
}

/* (J + J') with J = F ∘ X'Gx, for the vectors on one side; NULL where none has a gradient. */
static StrataValue *
turn (StrataBuilder *b,
      StrataValue   *x,
      StrataValue   *grad,
      StrataValue   *gap)
{
  StrataValue *j;

  if (grad == NULL)
    return NULL;
  j = strata_divide_no_nan (b, strata_matmul (b, x, grad, TRUE, FALSE), gap);
  return strata_add (b, j, strata_matrix_transposed (b, j));
}

/* What of @grad is at right angles to the columns of @x, over the values. */
static StrataValue *
leave (StrataBuilder *b,
       StrataValue   *x,
       StrataValue   *grad,
       StrataValue   *s)
{
  StrataValue *within = strata_matmul (b, x, strata_matmul (b, x, grad, TRUE, FALSE), FALSE, FALSE);

  return strata_divide_no_nan (b, strata_subtract (b, grad, within), strata_expand_dims (b, s, -2));
}

/* Townsend, "Differentiating the singular value decomposition", 2016. */
static void
svd_gradient (StrataBuilder       *b,
              const StrataNode    *node,
              StrataValue *const  *grads,
              StrataValue        **input_grads)
{
  StrataValue *s = (StrataValue *) &node->outputs[0], *u = (StrataValue *) &node->outputs[1];
  StrataValue *v = (StrataValue *) &node->outputs[2];
  StrataValue *squares = strata_square (b, s), *gap, *inner, *of_u, *of_v, *back;

  gap = strata_subtract (b, strata_expand_dims (b, squares, -2), strata_expand_dims (b, squares, -1));
  of_u = turn (b, u, grads[1], gap);
  of_v = turn (b, v, grads[2], gap);
  inner = strata_matrix_from_diagonal (b, grads[0] != NULL ? grads[0] : strata_scale (b, s, 0));
  if (of_u != NULL)
    inner = strata_add (b, inner, strata_multiply (b, of_u, strata_expand_dims (b, s, -2)));
  if (of_v != NULL)
    inner = strata_add (b, inner, strata_multiply (b, strata_expand_dims (b, s, -1), of_v));
  back = strata_matmul (b, strata_matmul (b, u, inner, FALSE, FALSE), v, FALSE, TRUE);
  if (grads[1] != NULL)
    back = strata_add (b, back, strata_matmul (b, leave (b, u, grads[1], s), v, FALSE, TRUE));
  input_grads[0] = back;
}

const StrataOp strata_op_svd = {
  .name = "svd",
  .n_inputs = 1,
  .n_outputs = 3,
  .infer = svd_infer,
  .scratch = svd_scratch,
  .run = svd_run,
  .gradient = svd_gradient,
};

/**
 * strata_matrix_singular:
 * @a: of any size that is known
 * @u: (out): (..., m, k), k being the smaller of both sizes
 * @v: (out): (..., n, k)
 *
 * Returns: (transfer none): (..., k): singular values s, the largest first: a = u diag (s) v'
 */
StrataValue *
strata_matrix_singular (StrataBuilder  *b,
                        StrataValue    *a,
                        StrataValue   **u,
                        StrataValue   **v)
{
  gboolean wide = a->shape.rank >= 2 && a->shape.dims[a->shape.rank - 2] < a->shape.dims[a->shape.rank - 1];
  StrataValue *x = wide ? strata_matrix_transposed (b, a) : a;
  StrataValue *s = strata_builder_emit (b, &strata_op_svd, NULL, &x, 1);

  *u = strata_builder_has_failed (b) ? s : &s->node->outputs[wide ? 2 : 1];
  *v = strata_builder_has_failed (b) ? s : &s->node->outputs[wide ? 1 : 2];
  return s;
}
