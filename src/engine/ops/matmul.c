/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/matmul.h"

#include "ops/elementwise.h"
#include "ops/epilogue.h"
#include "ops/shaping.h"

typedef struct
{
  gboolean transpose_x, transpose_y;
  StrataEpilogueKind epilogue;
} Attrs;

extern const StrataOp strata_op_matmul;

static gboolean
matmul_infer (StrataNode  *node,
              GError     **error)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);
  const StrataShape *x = strata_node_shape (node, 0), *y = strata_node_shape (node, 1);
  StrataShape shape = *x;
  gint64 k, other;

  if (x->rank < 2 || x->rank != y->rank || node->inputs[0]->dtype != STRATA_FLOAT32 ||
      node->inputs[1]->dtype != STRATA_FLOAT32)
    return strata_op_mismatch (node, error, "two matrices of float32, or as many of each");
  for (int i = 0; i < x->rank - 2; i++)
    if (x->dims[i] >= 0 && y->dims[i] >= 0 && x->dims[i] != y->dims[i])
      return strata_op_mismatch (node, error, "as many matrices on both sides");

  k = x->dims[x->rank - (attrs->transpose_x ? 2 : 1)];
  other = y->dims[y->rank - (attrs->transpose_y ? 1 : 2)];
  if (k >= 0 && other >= 0 && k != other)
    return strata_op_mismatch (node, error, "as many columns on the left as rows on the right");
  shape.dims[shape.rank - 2] = x->dims[x->rank - (attrs->transpose_x ? 1 : 2)];
  shape.dims[shape.rank - 1] = y->dims[y->rank - (attrs->transpose_y ? 2 : 1)];
  strata_node_set_output (node, 0, STRATA_FLOAT32, &shape);
  return TRUE;
}

static void
matmul_run (const StrataRun *run)
{
  const StrataNode *node = run->node;
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);
  const StrataShape *x = strata_node_shape (node, 0), *y = strata_node_shape (node, 1), *z = &node->outputs[0].shape;
  gint64 m = z->dims[z->rank - 2], n = z->dims[z->rank - 1], k = x->dims[x->rank - (attrs->transpose_x ? 2 : 1)];
  gint64 lda = x->dims[x->rank - 1], ldb = y->dims[y->rank - 1], count = strata_shape_get_span (z, 0, z->rank - 2);
  StrataEpilogue epilogue = strata_run_get_epilogue (run);

  if (count == 1)
    strata_gemm (attrs->transpose_x, attrs->transpose_y, m, n, k, run->in[0], lda, run->in[1], ldb, 0, run->out[0],
                 n, &epilogue);
  else
    strata_gemm_batched (attrs->transpose_x, attrs->transpose_y, count, m, n, k, run->in[0], lda, m * k,
                         run->in[1], ldb, k * n, 0, run->out[0], n, m * n, &epilogue);
}

static double
matmul_flops (const StrataNode *node)
{
  const StrataShape *x = strata_node_shape (node, 0);
  gint64 k = x->dims[x->rank - (STRATA_ATTRS (Attrs, node)->transpose_x ? 2 : 1)];

  return 2.0 * strata_shape_get_size (&node->outputs[0].shape) * k;
}

static void
matmul_gradient (StrataBuilder       *b,
                 const StrataNode    *node,
                 StrataValue *const  *grads,
                 StrataValue        **input_grads)
{
  const Attrs *attrs = STRATA_ATTRS (Attrs, node);
  StrataValue *x = node->inputs[0], *y = node->inputs[1], *grad = grads[0];

  input_grads[0] = attrs->transpose_x ? strata_matmul (b, y, grad, attrs->transpose_y, TRUE)
                                      : strata_matmul (b, grad, y, FALSE, !attrs->transpose_y);
  input_grads[1] = attrs->transpose_y ? strata_matmul (b, grad, x, TRUE, attrs->transpose_x)
                                      : strata_matmul (b, x, grad, !attrs->transpose_x, FALSE);
}

const StrataOp strata_op_matmul = {
  .name = "matmul",
  .n_inputs = -1,
  .n_outputs = 1,
  .attrs_size = sizeof (Attrs),
  .flags = STRATA_OP_EPILOGUE,
  .epilogue_offset = G_STRUCT_OFFSET (Attrs, epilogue),
  .in_place = { 4 },
  .infer = matmul_infer,
  .run = matmul_run,
  .flops = matmul_flops,
  .gradient = matmul_gradient,
};

/* One matrix on the right for many on the left: they are one tall matrix. */
static StrataValue *
multiply_tall (StrataBuilder *b,
               StrataValue   *x,
               StrataValue   *y,
               gboolean       transpose_y)
{
  StrataShape shape = x->shape, tall = STRATA_SHAPE (strata_shape_get_span (&x->shape, 0, x->shape.rank - 1),
                                                     x->shape.dims[x->shape.rank - 1]);
  StrataValue *z = strata_matmul (b, strata_reshape (b, x, &tall), y, FALSE, transpose_y);

  shape.dims[shape.rank - 1] = z->shape.dims[1];
  return strata_reshape (b, z, &shape);
}

/**
 * strata_matmul:
 * @x: of shape (..., m, k), or (..., k, m) where transposed
 * @y: of shape (..., k, n) or one (k, n) for all, or transposed
 *
 * Returns: (transfer none): the matrix product, (..., m, n)
 */
StrataValue *
strata_matmul (StrataBuilder *b,
               StrataValue   *x,
               StrataValue   *y,
               gboolean       transpose_x,
               gboolean       transpose_y)
{
  Attrs attrs = { .transpose_x = transpose_x, .transpose_y = transpose_y };

  if (x->shape.rank > 2 && y->shape.rank == 2 && !transpose_x)
    return multiply_tall (b, x, y, transpose_y);
  return strata_builder_emit (b, &strata_op_matmul, &attrs, (StrataValue *[]){ x, y }, 2);
}
