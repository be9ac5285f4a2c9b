/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <float.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/matrices.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* What keras.ops do with matrices, the last two dimensions. */

static StrataValue *
get_matrices (StrataOperands *self,
              guint           i)
{
  StrataValue *a = strata_operands_get_float (self, i);

  if (!strata_builder_has_failed (self->b) &&
      (a->shape.rank < 2 || a->shape.dims[a->shape.rank - 1] < 0 || a->shape.dims[a->shape.rank - 2] < 0))
    strata_operands_fail (self, "needs matrices of a size that is known");
  return a;
}

static void
emit_cholesky (StrataOperands *self)
{
  StrataValue *l = strata_matrix_root (self->b, get_matrices (self, 0));

  strata_operands_return (self, strata_operands_flag (self, "upper") ? strata_matrix_transposed (self->b, l) : l,
                          STRATA_FLOAT32);
}

/* The inverse of the matrix whose Cholesky factor is given. */
static void
emit_cholesky_inverse (StrataOperands *self)
{
  gboolean upper = strata_operands_flag (self, "upper");
  StrataValue *a = get_matrices (self, 0), *inverse;

  inverse = strata_matrix_inverse (self->b, strata_matrix_mask (self->b, a, !upper, 1, upper));
  strata_operands_return (self, strata_matmul (self->b, inverse, inverse, !upper, upper), STRATA_FLOAT32);
}

static void
emit_determinant (StrataOperands *self)
{
  StrataValue *order, *sign, *size;

  strata_matrix_factor (self->b, get_matrices (self, 0), &order, &sign, &size);
  if (strata_builder_has_failed (self->b))
    return;
  if (g_str_equal (self->operation->name, "Slogdet"))
    strata_operands_return (self, sign, STRATA_FLOAT32);
  strata_operands_return (self, g_str_equal (self->operation->name, "Det")
                          ? strata_multiply (self->b, sign, strata_exp (self->b, size)) : size, STRATA_FLOAT32);
}

static void
emit_lu_factor (StrataOperands *self)
{
  StrataValue *order, *sign, *size, *lu = strata_matrix_factor (self->b, get_matrices (self, 0), &order, &sign, &size);

  if (strata_builder_has_failed (self->b))
    return;
  strata_operands_return (self, lu, STRATA_FLOAT32);
  strata_operands_return (self, order, STRATA_INT32);
}

static void
emit_inv (StrataOperands *self)
{
  strata_operands_return (self, strata_matrix_inverse (self->b, get_matrices (self, 0)), STRATA_FLOAT32);
}

static void
emit_solve (StrataOperands *self)
{
  StrataValue *a = get_matrices (self, 0), *y = strata_operands_get_float (self, 1);
  gboolean vector = y->shape.rank == a->shape.rank - 1;

  if (g_str_equal (self->operation->name, "SolveTriangular"))
    a = strata_matrix_mask (self->b, a, strata_operands_flag (self, "lower"), 1, !strata_operands_flag (self, "lower"));
  y = strata_matrix_solve_system (self->b, a, vector ? strata_expand_dims (self->b, y, -1) : y);
  strata_operands_return (self, vector ? strata_squeeze (self->b, y, -1) : y, STRATA_FLOAT32);
}

static void
emit_eigh (StrataOperands *self)
{
  StrataValue *vectors, *values = strata_matrix_eigen (self->b, get_matrices (self, 0), &vectors);

  strata_operands_return (self, values, STRATA_FLOAT32);
  strata_operands_return (self, vectors, STRATA_FLOAT32);
}

static void
emit_qr (StrataOperands *self)
{
  const char *mode = strata_json_get_string (self->config, "mode", "reduced");
  StrataValue *r, *q;

  if (!g_str_equal (mode, "reduced") && !g_str_equal (mode, "complete"))
    strata_operands_fail (self, "knows the modes “reduced” and “complete”, not “%s”", mode);
  q = strata_matrix_orthogonal (self->b, get_matrices (self, 0), g_str_equal (mode, "complete"), &r);
  strata_operands_return (self, q, STRATA_FLOAT32);
  strata_operands_return (self, r, STRATA_FLOAT32);
}

/* As many columns as rows: those that are missing are at right angles to all. */
static StrataValue *
complete (StrataBuilder *b,
          StrataValue   *u)
{
  int rank = u->shape.rank;
  gint64 rows, columns;
  StrataValue *rest, *q;

  if (strata_builder_has_failed (b))
    return u;
  rows = u->shape.dims[rank - 2];
  columns = u->shape.dims[rank - 1];
  if (rows == columns)
    return u;
  q = strata_matrix_orthogonal (b, strata_stop_gradient (b, u), TRUE, &rest);
  return strata_concatenate (b, (StrataValue *[]){ u, strata_slice (b, q, rank - 1, columns, rows - columns) }, 2, -1);
}

static void
emit_svd (StrataOperands *self)
{
  StrataValue *u, *v, *s = strata_matrix_singular (self->b, get_matrices (self, 0), &u, &v);

  if (!strata_operands_flag (self, "compute_uv"))
    {
      strata_operands_return (self, s, STRATA_FLOAT32);
      return;
    }
  if (strata_operands_flag (self, "full_matrices"))
    {
      u = complete (self->b, u);
      v = complete (self->b, v);
    }
  strata_operands_return (self, u, STRATA_FLOAT32);
  strata_operands_return (self, s, STRATA_FLOAT32);
  strata_operands_return (self, strata_matrix_transposed (self->b, v), STRATA_FLOAT32);
}

/* What singular values must exceed to count: a share of the largest. */
static double
get_share (StrataOperands *self,
           const char     *name,
           StrataValue    *a,
           double          times)
{
  if (strata_operands_param (self, name) != NULL)
    return strata_operands_number (self, name);
  return times * FLT_EPSILON * MAX (a->shape.dims[a->shape.rank - 1], a->shape.dims[a->shape.rank - 2]);
}

/* V diag (1 / s) U', leaving out values that are nearly zero. */
static StrataValue *
invert (StrataBuilder *b,
        StrataValue   *a,
        double         share)
{
  StrataValue *u, *v, *s = strata_matrix_singular (b, a, &u, &v), *most, *inverse;

  if (strata_builder_has_failed (b))
    return a;
  most = strata_reduce_max (b, s, 1u << (s->shape.rank - 1), TRUE);
  inverse = strata_divide_no_nan (b, strata_greater (b, s, strata_scale (b, most, share)), s);
  return strata_matmul (b, strata_multiply (b, v, strata_expand_dims (b, inverse, -2)), u, FALSE, TRUE);
}

static void
emit_pinv (StrataOperands *self)
{
  StrataValue *a = get_matrices (self, 0);

  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, invert (self->b, a, get_share (self, "rcond", a, 10)), STRATA_FLOAT32);
}

static void
emit_lstsq (StrataOperands *self)
{
  StrataValue *a = get_matrices (self, 0), *y = strata_operands_get_float (self, 1);
  gboolean vector = y->shape.rank == 1;

  if (!strata_builder_has_failed (self->b) && (a->shape.rank != 2 || y->shape.rank > 2))
    strata_operands_fail (self, "takes one matrix, and a vector or a matrix");
  if (strata_builder_has_failed (self->b))
    return;
  y = strata_matmul (self->b, invert (self->b, a, get_share (self, "rcond", a, 1)),
                     vector ? strata_expand_dims (self->b, y, -1) : y, FALSE, FALSE);
  strata_operands_return (self, vector ? strata_squeeze (self->b, y, -1) : y, STRATA_FLOAT32);
}

static void
emit_matrix_rank (StrataOperands *self)
{
  StrataValue *a = get_matrices (self, 0), *u, *v, *s, *least;
  int last;

  if (strata_builder_has_failed (self->b))
    return;
  s = strata_matrix_singular (self->b, a, &u, &v);
  last = s->shape.rank - 1;
  if (strata_operands_param (self, "tol") != NULL)
    least = strata_builder_scalar (self->b, strata_operands_number (self, "tol"));
  else
    least = strata_scale (self->b, strata_reduce_max (self->b, s, 1u << last, TRUE), get_share (self, "tol", a, 1));
  strata_operands_return (self, strata_reduce_sum (self->b, strata_greater (self->b, s, least), 1u << last, FALSE),
                          STRATA_INT32);
}

#define LINALG .module = "keras.src.ops.linalg"

const StrataOperation strata_operations_linalg[] = {
  { .name = "Cholesky", LINALG, .parameters = "upper=false", .emit = emit_cholesky },
  { .name = "CholeskyInverse", LINALG, .parameters = "upper=false", .emit = emit_cholesky_inverse },
  { .name = "Det", LINALG, .emit = emit_determinant },
  { .name = "Slogdet", .emit = emit_determinant },
  { .name = "Logdet", .module = "keras.src.ops.math", .emit = emit_determinant },
  { .name = "LuFactor", LINALG, .emit = emit_lu_factor },
  { .name = "Inv", LINALG, .emit = emit_inv },
  { .name = "Solve", LINALG, .arguments = "a,b", .emit = emit_solve },
  { .name = "SolveTriangular", LINALG, .arguments = "a,b", .parameters = "lower=false", .emit = emit_solve },
  { .name = "Eigh", LINALG, .emit = emit_eigh },
  { .name = "Qr", LINALG, .parameters = "mode=\"reduced\"", .emit = emit_qr },
  { .name = "SVD", LINALG, .python = "keras.ops.svd", .parameters = "full_matrices=true,compute_uv=true",
    .emit = emit_svd },
  { .name = "Pinv", LINALG, .parameters = "rcond=null", .emit = emit_pinv },
  { .name = "Lstsq", LINALG, .arguments = "a,b", .parameters = "rcond=null", .emit = emit_lstsq },
  { .name = "MatrixRank", LINALG, .parameters = "tol=null", .emit = emit_matrix_rank },
  { NULL },
};
