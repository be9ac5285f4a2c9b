/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "ops/constants.h"
#include "ops/elementwise.h"
#include "ops/matmul.h"
#include "ops/reduce.h"
#include "ops/shaping.h"

/* What goes along an axis and looks at what came before. */

#define MOST_SUMMED 8192
#define MOST_MULTIPLIED 1024

/* The input, flat where there is no axis. */
static StrataValue *
enter (StrataOperands *self,
       int            *axis)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  gboolean flat = strata_operands_param (self, "axis") == NULL;

  if (strata_operands_param (self, "dtype") != NULL)
    strata_operands_fail (self, "has a type of its own, with which Strata does not compute it");
  *axis = flat ? 0 : strata_operands_axis (self, "axis", x->shape.rank);
  return flat ? strata_reshape (self->b, x, &STRATA_SHAPE (strata_shape_get_size (&x->shape))) : x;
}

/* A product with a triangle of ones. */
static void
sum_up (StrataOperands *self,
        StrataValue    *x,
        int             axis)
{
  StrataBuilder *b = self->b;
  gint64 n = strata_builder_has_failed (b) ? 0 : x->shape.dims[axis];
  StrataTensor *triangle;
  StrataValue *y;

  if (n > MOST_SUMMED)
    strata_operands_fail (self, "sums up at most %d numbers", MOST_SUMMED);
  if (strata_builder_has_failed (b))
    return;
  if (n < 0)
    {
      strata_operands_return (self, x, strata_operands_get_dtype (self));
      return;
    }
  triangle = strata_constant_new (b, STRATA_FLOAT32, &STRATA_SHAPE (n, n));
  if (triangle == NULL)
    return;
  for (gint64 i = 0; i < n * n; i++)
    strata_tensor_get_floats (triangle)[i] = i / n <= i % n;
  y = strata_swap_axes (b, x, axis, -1);
  y = y->shape.rank == 1 ? strata_expand_dims (b, y, 0) : y;
  y = strata_matmul (b, y, strata_builder_constant (b, triangle), FALSE, FALSE);
  y = x->shape.rank == 1 ? strata_squeeze (b, y, 0) : y;
  strata_operands_return (self, strata_swap_axes (b, y, axis, -1), strata_operands_get_dtype (self));
}

static void
emit_cumsum (StrataOperands *self)
{
  int axis;
  StrataValue *x = enter (self, &axis);

  sum_up (self, x, axis);
}

static void
multiply_up (StrataOperands *self,
             StrataValue    *x,
             int             axis)
{
  gint64 n = strata_builder_has_failed (self->b) ? 0 : x->shape.dims[axis];
  g_autofree StrataValue **parts = NULL;

  if (n > MOST_MULTIPLIED)
    {
      strata_operands_fail (self, "multiplies at most %d numbers", MOST_MULTIPLIED);
      return;
    }
  parts = g_new (StrataValue *, MAX (n, 1));
  for (gint64 i = 0; i < n && !strata_builder_has_failed (self->b); i++)
    {
      parts[i] = strata_slice (self->b, x, axis, i, 1);
      parts[i] = i > 0 ? strata_multiply (self->b, parts[i - 1], parts[i]) : parts[i];
    }
  if (!strata_builder_has_failed (self->b))
    strata_operands_return (self, n > 0 ? strata_concatenate (self->b, parts, n, axis) : x,
                            strata_operands_get_dtype (self));
}

static void
emit_cumprod (StrataOperands *self)
{
  int axis;
  StrataValue *x = enter (self, &axis);

  multiply_up (self, x, axis);
}

/* NaN counts as @value. */
static StrataValue *
without_nan (StrataBuilder *b,
             StrataValue   *x,
             double         value)
{
  return strata_where (b, strata_is_nan (b, x), strata_builder_scalar (b, value), x);
}

static void
emit_nan_cumsum (StrataOperands *self)
{
  int axis;
  StrataValue *x = enter (self, &axis);

  sum_up (self, without_nan (self->b, x, 0), axis);
}

static void
emit_nan_cumprod (StrataOperands *self)
{
  int axis;
  StrataValue *x = enter (self, &axis);

  multiply_up (self, without_nan (self->b, x, 1), axis);
}

static void
emit_diff (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  int axis = strata_operands_axis (self, "axis", x->shape.rank);
  double times = strata_operands_number (self, "n");

  for (int i = 0; i < times && !strata_builder_has_failed (self->b); i++)
    {
      gint64 n = x->shape.dims[axis];

      if (n >= 0 && n < 2)
        strata_operands_fail (self, "has nothing left to subtract");
      else if (n >= 0)
        x = strata_subtract (self->b, strata_slice (self->b, x, axis, 1, n - 1),
                             strata_slice (self->b, x, axis, 0, n - 1));
    }
  strata_operands_return (self, x, strata_operands_get_dtype (self));
}

/* The area below a line through points: half of the first and last count. */
static void
emit_trapezoid (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *y = strata_operands_get_float (self, 0);
  int axis = strata_operands_axis (self, "axis", y->shape.rank);
  gint64 n = strata_builder_has_failed (b) ? 0 : y->shape.dims[axis];
  StrataShape shape = { .rank = y->shape.rank };
  StrataTensor *weights;

  if (strata_operands_param (self, "x") != NULL)
    strata_operands_fail (self, "has places of its own, with which Strata does not compute it");
  if (strata_builder_has_failed (b))
    return;
  for (int i = 0; i < shape.rank; i++)
    shape.dims[i] = i == axis ? MAX (n, 1) : 1;
  weights = strata_constant_new (b, STRATA_FLOAT32, &shape);
  if (weights == NULL)
    return;
  for (gint64 i = 0; i < MAX (n, 1); i++)
    strata_tensor_get_floats (weights)[i] = strata_operands_number (self, "dx") *
                                            (n == 1 ? 0 : i == 0 || i == n - 1 ? 0.5 : 1);
  y = strata_multiply (b, y, strata_builder_constant (b, weights));
  strata_operands_return (self, strata_reduce_sum (b, y, 1u << axis, FALSE), STRATA_FLOAT32);
}

const StrataOperation strata_operations_scans[] = {
  { .name = "Cumsum", .parameters = "axis=null,dtype=null", .emit = emit_cumsum },
  { .name = "Cumprod", .parameters = "axis=null,dtype=null", .emit = emit_cumprod },
  { .name = "Nancumsum", .parameters = "axis=null,dtype=null", .emit = emit_nan_cumsum },
  { .name = "Nancumprod", .parameters = "axis=null,dtype=null", .emit = emit_nan_cumprod },
  { .name = "Diff", .arguments = "a", .parameters = "n=1,axis=-1", .emit = emit_diff },
  { .name = "Trapezoid", .arguments = "y", .parameters = "x=null,dx=1.0,axis=-1", .emit = emit_trapezoid },
  { NULL },
};
