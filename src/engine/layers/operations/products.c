/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "ops/einsum.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* Gives the factor of fewer dimensions the others in front, as large as those of the other factor. */
static StrataValue *
fit_batch (StrataBuilder *b,
           StrataValue   *x,
           StrataValue   *other)
{
  StrataShape shape = other->shape;

  if (shape.rank < 2 || x->shape.rank < 2)
    return x;
  shape.dims[shape.rank - 2] = x->shape.dims[x->shape.rank - 2];
  shape.dims[shape.rank - 1] = x->shape.dims[x->shape.rank - 1];
  for (int i = 0; i + 2 < shape.rank; i++)
    {
      int k = i + x->shape.rank - shape.rank;

      if (k >= 0 && x->shape.dims[k] != 1)
        shape.dims[i] = x->shape.dims[k];
    }
  while (x->shape.rank < shape.rank)
    x = strata_expand_dims (b, x, 0);
  return strata_shape_equal (&x->shape, &shape) ? x : strata_broadcast_to (b, x, &shape);
}

static StrataValue *
multiply (StrataBuilder *b,
          StrataValue   *x,
          StrataValue   *y)
{
  gboolean row = x->shape.rank == 1, column = y->shape.rank == 1;
  StrataValue *z;

  x = row ? strata_expand_dims (b, x, 0) : x;
  y = column ? strata_expand_dims (b, y, 1) : y;
  if (strata_builder_has_failed (b))
    return strata_builder_nothing (b);
  /* One matrix for all samples needs no copies. */
  if (y->shape.rank != 2)
    {
      StrataValue *wide = x->shape.rank < y->shape.rank ? fit_batch (b, x, y) : x;

      y = fit_batch (b, y, wide);
      x = fit_batch (b, wide, y);
    }
  z = strata_matmul (b, x, y, FALSE, FALSE);
  z = row ? strata_squeeze (b, z, -2) : z;
  return column ? strata_squeeze (b, z, -1) : z;
}

static StrataValue *
dot (StrataBuilder *b,
     StrataValue   *x,
     StrataValue   *y)
{
  if (x->shape.rank == 0 || y->shape.rank == 0)
    return strata_multiply (b, x, y);
  if (y->shape.rank <= 2)
    return multiply (b, x, y);
  strata_builder_fail (b, STRATA_ERROR_SHAPE,
                       "Dot multiplies by a vector or a matrix, not by more dimensions; Matmul or Einsum do that");
  return strata_builder_nothing (b);
}

/* The letters of all factors from @first on, and of the result. */
static char *
get_rest (char       **factors,
          guint        first,
          const char  *result)
{
  GString *rest = g_string_new (result);

  for (guint i = first; factors[i] != NULL; i++)
    g_string_append (rest, factors[i]);
  return g_string_free (rest, FALSE);
}

/* What two factors leave: letters that are needed afterwards, after an ellipsis. */
static char *
join_factors (const char *x,
              const char *y,
              const char *rest)
{
  GString *joint = g_string_new (strstr (x, "...") != NULL || strstr (y, "...") != NULL ? "..." : NULL);

  for (const char *const *part = (const char *const[]){ x, y, NULL }; *part != NULL; part++)
    for (const char *letter = *part; *letter != '\0'; letter++)
      if (g_ascii_isalpha (*letter) && strchr (rest, *letter) != NULL && strchr (joint->str, *letter) == NULL)
        g_string_append_c (joint, *letter);
  return g_string_free (joint, FALSE);
}

/* Factor by factor, from the left; one alone is multiplied by 1. */
static StrataValue *
multiply_factors (StrataOperands  *self,
                  char           **factors,
                  const char      *result)
{
  StrataValue *value = strata_operands_get_float (self, 0);
  g_autofree char *letters = g_strdup (factors[0]);
  guint n = g_strv_length (factors);

  if (n == 1)
    {
      g_autofree char *equation = g_strdup_printf ("%s,->%s", factors[0], result);

      return strata_einsum (self->b, equation, value, strata_builder_scalar (self->b, 1));
    }
  for (guint i = 1; i < n && !strata_builder_has_failed (self->b); i++)
    {
      g_autofree char *rest = get_rest (factors, i + 1, result);
      g_autofree char *joint = i + 1 < n ? join_factors (letters, factors[i], rest) : g_strdup (result);
      g_autofree char *equation = g_strdup_printf ("%s,%s->%s", letters, factors[i], joint);

      value = strata_einsum (self->b, equation, value, strata_operands_get_float (self, i));
      g_free (letters);
      letters = g_steal_pointer (&joint);
    }
  return value;
}

static int
compare_letters (gconstpointer a,
                 gconstpointer b)
{
  return *(const char *) a - *(const char *) b;
}

/* Without an arrow the result has the letters that occur once, in their order. */
static char *
imply_result (const char *factors)
{
  GString *result = g_string_new (NULL);

  for (const char *letter = factors; *letter != '\0'; letter++)
    if (g_ascii_isalpha (*letter) && strchr (factors, *letter) == strrchr (factors, *letter))
      g_string_append_c (result, *letter);
  qsort (result->str, result->len, 1, compare_letters);
  if (strstr (factors, "...") != NULL)
    g_string_prepend (result, "...");
  return g_string_free (result, FALSE);
}

static void
emit_einsum (StrataOperands *self)
{
  JsonNode *node = strata_operands_param (self, "subscripts");
  const char *subscripts = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  g_auto (GStrv) words = g_strsplit (subscripts != NULL ? subscripts : "", " ", -1), sides = NULL, factors = NULL;
  g_autofree char *plain = g_strjoinv ("", words), *result = NULL;
  guint n;

  sides = g_strsplit (plain, "->", 2);
  factors = g_strsplit (sides[0] != NULL ? sides[0] : "", ",", -1);
  n = g_strv_length (factors);
  result = n > 0 && sides[1] != NULL ? g_strdup (sides[1]) : imply_result (sides[0] != NULL ? sides[0] : "");
  if (n == 0 || n < self->call->n_inputs)
    strata_operands_fail (self, "needs an equation with each factor, such as \"bij,bjk->bik\"");
  else
    strata_operands_return (self, multiply_factors (self, factors, result), STRATA_FLOAT32);
}

const StrataOperation strata_operations_products[] = {
  { .name = "Matmul", .binary = multiply, .result = STRATA_RESULT_LIKE },
  { .name = "Dot", .binary = dot, .result = STRATA_RESULT_LIKE },
  { .name = "Einsum", .arguments = "x1,x2,x3,x4,x5,x6", .parameters = "subscripts", .emit = emit_einsum },
  { NULL },
};
