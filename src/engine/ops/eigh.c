/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/matrix-op.h"
#include "ops/shaping.h"

extern const StrataOp strata_op_eigh;

static gboolean
eigh_infer (StrataNode  *node,
            GError     **error)
{
  const StrataShape *a = strata_node_shape (node, 0);
  StrataShape values;

  if (!strata_matrix_check (node, TRUE, error))
    return FALSE;
  values = strata_matrix_reduce (a, 1, strata_matrix_columns (a));
  strata_node_set_output (node, 0, STRATA_FLOAT32, &values);
  strata_node_set_output (node, 1, STRATA_FLOAT32, a);
  return TRUE;
}

static gsize
count_bytes (const StrataNode *node)
{
  gint64 n = strata_matrix_rows (strata_node_shape (node, 0));

  return (2 * n * n + n) * sizeof (double);
}

static gsize
eigh_scratch (const StrataNode *node)
{
  return count_bytes (node) * strata_pool_get_n_threads ();
}

static void
factor_one (gpointer data,
            guint    task,
            guint    thread)
{
  const StrataMatrixWalk *walk = data;
  gint64 n = walk->n;
  double *a = strata_matrix_scratch (walk, thread), *vectors = a + n * n, *values = vectors + n * n;

  strata_matrix_load (a, (const float *) walk->run->in[0] + task * n * n, n * n);
  strata_matrix_eigh (a, n, values, vectors);
  strata_matrix_store ((float *) walk->run->out[0] + task * n, values, n);
  strata_matrix_store ((float *) walk->run->out[1] + task * n * n, vectors, n * n);
}

static void
eigh_run (const StrataRun *run)
{
  strata_matrix_each (run, count_bytes (run->node), factor_one);
}

/* V (diag (gw) + F ∘ V'Gv) V', F[i, j] = 1 / (w[j] - w[i]); all of it below the diagonal, as that half is read. */
static void
eigh_gradient (StrataBuilder       *b,
               const StrataNode    *node,
               StrataValue *const  *grads,
               StrataValue        **input_grads)
{
  StrataValue *w = (StrataValue *) &node->outputs[0], *v = (StrataValue *) &node->outputs[1], *inner = NULL, *back;

  if (grads[0] != NULL)
    inner = strata_matrix_from_diagonal (b, grads[0]);
  if (grads[1] != NULL)
    {
      StrataValue *gap = strata_subtract (b, strata_expand_dims (b, w, -2), strata_expand_dims (b, w, -1));
      StrataValue *turned = strata_matrix_mask (b, strata_divide_no_nan (b, strata_matmul (b, v, grads[1], TRUE, FALSE),
                                                                         gap), 1, 0, 1);

      inner = inner != NULL ? strata_add (b, inner, turned) : turned;
    }
  back = strata_matmul (b, strata_matmul (b, v, inner, FALSE, FALSE), v, FALSE, TRUE);
  input_grads[0] = strata_matrix_mask (b, strata_add (b, back, strata_matrix_transposed (b, back)), 1, 0.5, 0);
}

const StrataOp strata_op_eigh = {
  .name = "eigh",
  .n_inputs = 1,
  .n_outputs = 2,
  .infer = eigh_infer,
  .scratch = eigh_scratch,
  .run = eigh_run,
  .gradient = eigh_gradient,
};

/**
 * strata_matrix_eigen:
 * @a: symmetric; the lower half is read
 * @vectors: (out): eigenvectors, a column each
 *
 * Returns: (transfer none): eigenvalues, the smallest first
 */
StrataValue *
strata_matrix_eigen (StrataBuilder  *b,
                     StrataValue    *a,
                     StrataValue   **vectors)
{
  StrataValue *values = strata_builder_emit (b, &strata_op_eigh, NULL, &a, 1);

  *vectors = strata_builder_has_failed (b) ? values : &values->node->outputs[1];
  return values;
}
