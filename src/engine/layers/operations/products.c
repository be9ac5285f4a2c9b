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
  strata_builder_fail (b, STRATA_ERROR_SHAPE, "Dot multiplies by a vector or a matrix, not by more dimensions; Matmul or Einsum do that");
  return strata_builder_nothing (b);
}

static void
emit_einsum (StrataOperands *self)
{
  JsonNode *node = strata_operands_param (self, "subscripts");
  const char *subscripts = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  g_autofree char *equation = g_strdup (subscripts != NULL ? subscripts : "");
  const char *comma = strchr (equation, ',');
  GString *plain = g_string_new (NULL);

  for (const char *at = equation; *at != '\0'; at++)
    if (*at != ' ')
      g_string_append_c (plain, *at);
  if (comma == NULL || strchr (comma + 1, ',') != NULL || self->call->n_inputs > 2)
    strata_operands_fail (self, "needs an equation of two factors, such as \"bij,bjk->bik\"");
  else
    strata_operands_return (self, strata_einsum (self->b, plain->str, strata_operands_get_float (self, 0), strata_operands_get_float (self, 1)),
                            STRATA_FLOAT32);
  g_string_free (plain, TRUE);
}

const StrataOperation strata_operations_products[] = {
  { .name = "Matmul", .binary = multiply, .result = STRATA_RESULT_LIKE },
  { .name = "Dot", .binary = dot, .result = STRATA_RESULT_LIKE },
  { .name = "Einsum", .arguments = "x1,x2", .parameters = "subscripts", .emit = emit_einsum },
  { NULL },
};
