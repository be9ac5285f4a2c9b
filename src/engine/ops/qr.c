/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/matrix-op.h"

typedef struct
{
  gboolean complete;
} Attrs;

extern const StrataOp strata_op_qr;

static gint64
count_columns (const StrataNode *node)
{
  const StrataShape *a = strata_node_shape (node, 0);

  return STRATA_ATTRS (Attrs, node)->complete ? strata_matrix_rows (a)
                                              : MIN (strata_matrix_rows (a), strata_matrix_columns (a));
}

static gboolean
qr_infer (StrataNode  *node,
          GError     **error)
{
  StrataShape q = *strata_node_shape (node, 0), r = q;

  if (!strata_matrix_check (node, FALSE, error))
    return FALSE;
  if (strata_matrix_rows (&q) < 0 || strata_matrix_columns (&q) < 0)
    return strata_op_mismatch (node, error, "matrices of a size that is known");
  q.dims[q.rank - 1] = r.dims[r.rank - 2] = count_columns (node);
  strata_node_set_output (node, 0, STRATA_FLOAT32, &q);
  strata_node_set_output (node, 1, STRATA_FLOAT32, &r);
  return TRUE;
}

static gsize
count_bytes (const StrataNode *node)
{
  const StrataShape *a = strata_node_shape (node, 0);
  gint64 m = strata_matrix_rows (a), n = strata_matrix_columns (a);

  return (m * n + m * count_columns (node) + MIN (m, n)) * sizeof (double);
}

static gsize
qr_scratch (const StrataNode *node)
{
  return count_bytes (node) * strata_pool_get_n_threads ();
}

static void
factor_one (gpointer data,
            guint    task,
            guint    thread)
{
  const StrataMatrixWalk *walk = data;
  gint64 m = walk->m, n = walk->n, k = count_columns (walk->run->node);
  double *a = strata_matrix_scratch (walk, thread), *q = a + m * n;
  float *r = (float *) walk->run->out[1] + task * k * n;

  strata_matrix_load (a, (const float *) walk->run->in[0] + task * m * n, m * n);
  strata_matrix_qr (a, m, n, q, k, q + m * k);
  strata_matrix_store ((float *) walk->run->out[0] + task * m * k, q, m * k);
  for (gint64 i = 0; i < k * n; i++)
    r[i] = i % n >= i / n ? a[i] : 0;
}

static void
qr_run (const StrataRun *run)
{
  strata_matrix_each (run, count_bytes (run->node), factor_one);
}

static StrataValue *
get_grad (StrataBuilder    *b,
          const StrataNode *node,
          StrataValue      *grad,
          int               i)
{
  return grad != NULL ? grad : strata_scale (b, (StrataValue *) &node->outputs[i], 0);
}

/* For as many rows as columns or more: (G + Q sym (M)) R⁻ᵀ with M = R Gr' - Gq' Q, by its lower half. */
static void
qr_gradient (StrataBuilder       *b,
             const StrataNode    *node,
             StrataValue *const  *grads,
             StrataValue        **input_grads)
{
  StrataValue *q = (StrataValue *) &node->outputs[0], *r = (StrataValue *) &node->outputs[1];
  StrataValue *gq = get_grad (b, node, grads[0], 0);
  StrataValue *gr = get_grad (b, node, grads[1], 1), *m, *whole, *back;

  if (strata_matrix_rows (&r->shape) != strata_matrix_columns (&r->shape))
    {
      strata_builder_fail (b, STRATA_ERROR_SHAPE, "qr has a gradient only where Q has as many columns as the matrix");
      return;
    }
  m = strata_subtract (b, strata_matmul (b, r, gr, FALSE, TRUE), strata_matmul (b, gq, q, TRUE, FALSE));
  m = strata_matrix_mask (b, m, 1, 0.5, 0);
  whole = strata_add (b, gq, strata_matmul (b, q, strata_add (b, m, strata_matrix_transposed (b, m)), FALSE, FALSE));
  back = strata_matrix_solve_system (b, r, strata_matrix_transposed (b, whole));
  input_grads[0] = strata_matrix_transposed (b, back);
}

const StrataOp strata_op_qr = {
  .name = "qr",
  .n_inputs = 1,
  .n_outputs = 2,
  .attrs_size = sizeof (Attrs),
  .infer = qr_infer,
  .scratch = qr_scratch,
  .run = qr_run,
  .gradient = qr_gradient,
};

/**
 * strata_matrix_orthogonal:
 * @complete: whether Q has as many columns as rows
 * @r: (out): zero below its diagonal
 *
 * Returns: (transfer none): Q, with columns of length one at right angles, for which Q R = a
 */
StrataValue *
strata_matrix_orthogonal (StrataBuilder  *b,
                          StrataValue    *a,
                          gboolean        complete,
                          StrataValue   **r)
{
  StrataValue *q = strata_builder_emit (b, &strata_op_qr, &(Attrs){ complete }, &a, 1);

  *r = strata_builder_has_failed (b) ? q : &q->node->outputs[1];
  return q;
}
