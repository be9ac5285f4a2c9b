/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"
#include "ops/elementwise.h"

/* Comparisons, and what goes with them. */

static StrataValue *
is_true (StrataBuilder *b,
         StrataValue   *x)
{
  return strata_not_equal (b, x, strata_builder_scalar (b, 0));
}

static StrataValue *
both (StrataBuilder *b,
      StrataValue   *x,
      StrataValue   *y)
{
  return strata_logical_and (b, is_true (b, x), is_true (b, y));
}

static StrataValue *
either (StrataBuilder *b,
        StrataValue   *x,
        StrataValue   *y)
{
  return strata_logical_or (b, is_true (b, x), is_true (b, y));
}

static StrataValue *
one_of (StrataBuilder *b,
        StrataValue   *x,
        StrataValue   *y)
{
  return strata_not_equal (b, is_true (b, x), is_true (b, y));
}

static StrataValue *
not (StrataBuilder *b,
     StrataValue   *x)
{
  return strata_equal (b, x, strata_builder_scalar (b, 0));
}

/* Infinity less itself is not a number. */
static StrataValue *
is_finite (StrataBuilder *b,
           StrataValue   *x)
{
  return strata_logical_not (b, strata_is_nan (b, strata_subtract (b, x, x)));
}

static StrataValue *
is_infinite (StrataBuilder *b,
             StrataValue   *x)
{
  return strata_logical_and (b, strata_logical_not (b, strata_is_nan (b, x)), strata_logical_not (b, is_finite (b, x)));
}

static void
emit_where (StrataOperands *self)
{
  StrataValue *condition = is_true (self->b, strata_operands_get_float (self, 0));
  StrataValue *x = strata_operands_get (self, 1), *y = strata_operands_get (self, 2);
  StrataDType dtype = strata_dtype_is_float (x->dtype) ? y->dtype : x->dtype;

  /* A number takes the type of the tensor. */
  if (strata_dtype_is_float (x->dtype) && strata_dtype_is_float (y->dtype))
    dtype = STRATA_FLOAT32;
  else if (x->shape.rank > 0 && y->shape.rank > 0)
    dtype = strata_dtype_is_float (x->dtype) || strata_dtype_is_float (y->dtype) ? STRATA_FLOAT32 : x->dtype;
  x = strata_cast (self->b, x, STRATA_FLOAT32);
  y = strata_cast (self->b, y, STRATA_FLOAT32);
  strata_operands_return (self, strata_where (self->b, condition, x, y), dtype);
}

#define TEST(op_name, function, ...) { .name = op_name, .result = STRATA_RESULT_BOOL, function, ##__VA_ARGS__ }

const StrataOperation strata_operations_logic[] = {
  TEST ("Equal", .binary = strata_equal),
  TEST ("NotEqual", .binary = strata_not_equal),
  TEST ("Greater", .binary = strata_greater),
  TEST ("GreaterEqual", .binary = strata_greater_equal),
  TEST ("Less", .binary = strata_less),
  TEST ("LessEqual", .binary = strata_less_equal),
  TEST ("LogicalAnd", .binary = both),
  TEST ("LogicalOr", .binary = either),
  TEST ("LogicalXor", .binary = one_of),
  TEST ("LogicalNot", .unary = not),
  TEST ("Isnan", .unary = strata_is_nan),
  TEST ("Isfinite", .unary = is_finite),
  TEST ("Isinf", .unary = is_infinite),
  { .name = "Where", .arguments = "condition,x1,x2", .emit = emit_where },
  { NULL },
};
