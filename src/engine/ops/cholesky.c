/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/matrix-op.h"

extern const StrataOp strata_op_cholesky;

static gboolean
cholesky_infer (StrataNode  *node,
                GError     **error)
{
  if (!strata_matrix_check (node, TRUE, error))
    return FALSE;
  strata_node_set_output (node, 0, STRATA_FLOAT32, strata_node_shape (node, 0));
  return TRUE;
}

static gsize
count_bytes (const StrataNode *node)
{
  gint64 n = strata_matrix_rows (strata_node_shape (node, 0));

  return n * n * sizeof (double);
}

static gsize
cholesky_scratch (const StrataNode *node)
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
  double *a = strata_matrix_scratch (walk, thread);
  float *out = (float *) walk->run->out[0] + task * n * n;
  gboolean done;

  strata_matrix_load (a, (const float *) walk->run->in[0] + task * n * n, n * n);
  done = strata_matrix_cholesky (a, n);
  for (gint64 i = 0; i < n * n; i++)
    out[i] = done ? a[i] : NAN;
}

static void
cholesky_run (const StrataRun *run)
{
  strata_matrix_each (run, count_bytes (run->node), factor_one);
}

/* With P = lower half of L'G, its diagonal halved: the symmetric part of L⁻ᵀ P L⁻¹ (Murray, 2016). */
static void
cholesky_gradient (StrataBuilder       *b,
                   const StrataNode    *node,
                   StrataValue *const  *grads,
                   StrataValue        **input_grads)
{
  StrataValue *l = (StrataValue *) &node->outputs[0], *lt = strata_matrix_transposed (b, l), *p, *s;

  p = strata_matrix_mask (b, strata_matmul (b, l, grads[0], TRUE, FALSE), 1, 0.5, 0);
  s = strata_matrix_solve_system (b, lt, p);
  s = strata_matrix_transposed (b, strata_matrix_solve_system (b, lt, strata_matrix_transposed (b, s)));
  input_grads[0] = strata_scale (b, strata_add (b, s, strata_matrix_transposed (b, s)), 0.5);
}

const StrataOp strata_op_cholesky = {
  .name = "cholesky",
  .n_inputs = 1,
  .n_outputs = 1,
  .infer = cholesky_infer,
  .scratch = cholesky_scratch,
  .run = cholesky_run,
  .gradient = cholesky_gradient,
};

/**
 * strata_matrix_root:
 * @a: symmetric, positive definite
 *
 * Returns: (transfer none): L, zero above the diagonal, for which L L' = a; NaN where there is none
 */
StrataValue *
strata_matrix_root (StrataBuilder *b,
                    StrataValue   *a)
{
  return strata_builder_emit (b, &strata_op_cholesky, NULL, &a, 1);
}
