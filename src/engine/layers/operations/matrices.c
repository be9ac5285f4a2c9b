/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "ops/constants.h"
#include "ops/einsum.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* Triangles, diagonals, and products other than those of matrices. */

/* (rows, columns): 1 where columns are as far behind rows as @chosen says: -1 up to @offset, 0 at it, 1 from it on. */
static StrataValue *
make_pattern (StrataBuilder *b,
              gint64         rows,
              gint64         columns,
              gint64         offset,
              int            chosen)
{
  StrataTensor *pattern = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (rows, columns));

  if (pattern == NULL)
    return strata_builder_nothing (b);
  for (gint64 i = 0; i < rows * columns; i++)
    {
      gint64 ahead = i % columns - i / columns - offset;

      strata_tensor_get_floats (pattern)[i] = chosen < 0 ? ahead <= 0 : chosen > 0 ? ahead >= 0 : ahead == 0;
    }
  return strata_builder_constant (b, pattern);
}

static void
emit_triangle (StrataOperands *self,
               int             chosen)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  int rank = x->shape.rank;

  if (rank < 2)
    strata_operands_fail (self, "needs matrices");
  if (strata_builder_has_failed (self->b))
    return;
  if (x->shape.dims[rank - 2] >= 0 && x->shape.dims[rank - 1] >= 0)
    {
      StrataValue *pattern = make_pattern (self->b, x->shape.dims[rank - 2], x->shape.dims[rank - 1],
                                           strata_operands_integer (self, "k"), chosen);

      x = strata_where (self->b, pattern, x, strata_builder_scalar (self->b, 0));
    }
  strata_operands_return (self, x, strata_operands_get_dtype (self));
}

static void
emit_tril (StrataOperands *self)
{
  emit_triangle (self, -1);
}

static void
emit_triu (StrataOperands *self)
{
  emit_triangle (self, 1);
}

/* The diagonals of the last two dimensions, as the last one. */
static StrataValue *
take_diagonal (StrataOperands *self,
               StrataValue    *x,
               gint64          offset)
{
  StrataBuilder *b = self->b;
  int rank = x->shape.rank;
  gint64 rows = x->shape.dims[rank - 2], columns = x->shape.dims[rank - 1], n;

  n = MIN (rows - MAX (-offset, 0), columns - MAX (offset, 0));
  if (rows < 0 || columns < 0 || n < 1)
    {
      strata_operands_fail (self, "has no such diagonal, or does not know the size of its matrices");
      return x;
    }
  x = strata_slice (b, strata_slice (b, x, rank - 2, MAX (-offset, 0), n), rank - 1, MAX (offset, 0), n);
  x = strata_where (b, make_pattern (b, n, n, 0, 0), x, strata_builder_scalar (b, 0));
  return strata_reduce_sum (b, x, 1u << (rank - 2), FALSE);
}

static StrataValue *
get_diagonals (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  int rank = x->shape.rank, first = strata_operands_axis (self, "axis1", rank);
  int second = strata_operands_axis (self, "axis2", rank);
  int permutation[STRATA_MAX_RANK], n = 0;

  if (first == second)
    strata_operands_fail (self, "needs two different axes");
  if (strata_builder_has_failed (self->b))
    return x;
  for (int i = 0; i < rank; i++)
    if (i != first && i != second)
      permutation[n++] = i;
  permutation[n++] = first;
  permutation[n] = second;
  return take_diagonal (self, strata_transpose (self->b, x, permutation), strata_operands_integer (self, "offset"));
}

static void
emit_diagonal (StrataOperands *self)
{
  strata_operands_return (self, get_diagonals (self), strata_operands_get_dtype (self));
}

static void
emit_trace (StrataOperands *self)
{
  StrataValue *diagonals = get_diagonals (self);

  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, strata_reduce_sum (self->b, diagonals, 1u << (diagonals->shape.rank - 1), FALSE),
                            strata_operands_get_dtype (self));
}

static StrataValue *
flatten (StrataBuilder *b,
         StrataValue   *x)
{
  return strata_reshape (b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape)));
}

static StrataValue *
outer (StrataBuilder *b,
       StrataValue   *x,
       StrataValue   *y)
{
  return strata_multiply (b, strata_expand_dims (b, flatten (b, x), 1), strata_expand_dims (b, flatten (b, y), 0));
}

static StrataValue *
vdot (StrataBuilder *b,
      StrataValue   *x,
      StrataValue   *y)
{
  return strata_reduce_sum (b, strata_multiply (b, flatten (b, x), flatten (b, y)), STRATA_ALL_AXES, FALSE);
}

/* Sums products over pairs of axes, @n of them. */
static StrataValue *
contract (StrataOperands *self,
          StrataValue    *x,
          StrataValue    *y,
          const int      *x_axes,
          const int      *y_axes,
          int             n)
{
  char letters_x[STRATA_MAX_RANK + 1] = "", letters_y[STRATA_MAX_RANK + 1] = "", result[2 * STRATA_MAX_RANK + 1] = "";
  char next = 'a';
  g_autofree char *equation = NULL;
  int kept = 0;

  for (int i = 0; i < x->shape.rank; i++)
    letters_x[i] = next++;
  for (int i = 0; i < n; i++)
    letters_y[y_axes[i]] = letters_x[x_axes[i]];
  for (int i = 0; i < y->shape.rank; i++)
    letters_y[i] = letters_y[i] == '\0' ? next++ : letters_y[i];
  for (int i = 0; i < x->shape.rank; i++)
    if (strchr (letters_y, letters_x[i]) == NULL)
      result[kept++] = letters_x[i];
  for (int i = 0; i < y->shape.rank; i++)
    if (strchr (letters_x, letters_y[i]) == NULL)
      result[kept++] = letters_y[i];
  if (kept > STRATA_MAX_RANK)
    {
      strata_operands_fail (self, "has a result of more than %d dimensions", STRATA_MAX_RANK);
      return x;
    }
  equation = g_strdup_printf ("%.*s,%.*s->%s", x->shape.rank, letters_x, y->shape.rank, letters_y, result);
  return strata_einsum (self->b, equation, x, y);
}

/* Axes of one factor: a number, or a list. */
static int
read_axes (JsonNode *node,
           int       rank,
           int      *axes)
{
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  int n = list != NULL ? json_array_get_length (list) : 1;

  if (node == NULL || n > rank)
    return -1;
  for (int i = 0; i < n; i++)
    {
      JsonNode *item = list != NULL ? json_array_get_element (list, i) : node;

      if (!JSON_NODE_HOLDS_VALUE (item))
        return -1;
      axes[i] = json_node_get_int (item) + (json_node_get_int (item) < 0 ? rank : 0);
      if (axes[i] < 0 || axes[i] >= rank)
        return -1;
    }
  return n;
}

static void
emit_tensordot (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *y = strata_operands_get_float (self, 1);
  JsonNode *node = strata_operands_param (self, "axes");
  JsonArray *pair = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  int x_axes[STRATA_MAX_RANK], y_axes[STRATA_MAX_RANK], n = -1;

  if (pair != NULL && json_array_get_length (pair) == 2)
    {
      n = read_axes (json_array_get_element (pair, 0), x->shape.rank, x_axes);
      if (read_axes (json_array_get_element (pair, 1), y->shape.rank, y_axes) != n)
        n = -1;
    }
  else if (pair == NULL && node != NULL)
    {
      n = CLAMP (json_node_get_int (node), -1, STRATA_MAX_RANK);
      if (n > MIN (x->shape.rank, y->shape.rank))
        n = -1;
      for (int i = 0; i < n; i++)
        {
          x_axes[i] = x->shape.rank - n + i;
          y_axes[i] = i;
        }
    }
  if (n < 0)
    strata_operands_fail (self, "needs as many axes of one factor as of the other");
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, contract (self, x, y, x_axes, y_axes, n), strata_operands_get_dtype (self));
}

static void
emit_inner (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0), *y = strata_operands_get_float (self, 1), *z;

  if (strata_builder_has_failed (self->b))
    return;
  if (x->shape.rank == 0 || y->shape.rank == 0)
    z = strata_multiply (self->b, x, y);
  else
    z = contract (self, x, y, (int[]){ x->shape.rank - 1 }, (int[]){ y->shape.rank - 1 }, 1);
  strata_operands_return (self, z, strata_operands_get_dtype (self));
}

const StrataOperation strata_operations_matrices[] = {
  { .name = "Tril", .parameters = "k=0", .emit = emit_tril },
  { .name = "Triu", .parameters = "k=0", .emit = emit_triu },
  { .name = "Diagonal", .parameters = "offset=0,axis1=0,axis2=1", .emit = emit_diagonal },
  { .name = "Trace", .parameters = "offset=0,axis1=0,axis2=1", .emit = emit_trace },
  { .name = "Outer", .binary = outer, .result = STRATA_RESULT_LIKE },
  { .name = "Vdot", .binary = vdot, .result = STRATA_RESULT_LIKE },
  { .name = "Inner", .arguments = "x1,x2", .emit = emit_inner },
  { .name = "Tensordot", .arguments = "x1,x2", .parameters = "axes=2", .emit = emit_tensordot },
  { NULL },
};
