/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"
#include "ops/elementwise.h"
#include "ops/shaping.h"

static StrataValue *
trunc_divide (StrataBuilder *b,
              StrataValue   *x,
              StrataValue   *y)
{
  StrataValue *quotient = strata_divide (b, x, y);

  return strata_multiply (b, strata_sign (b, quotient), strata_floor (b, strata_absolute (b, quotient)));
}

static StrataValue *
fmod_ (StrataBuilder *b,
       StrataValue   *x,
       StrataValue   *y)
{
  return strata_subtract (b, x, strata_multiply (b, trunc_divide (b, x, y), y));
}

static StrataValue *
hypotenuse (StrataBuilder *b,
            StrataValue   *x,
            StrataValue   *y)
{
  return strata_sqrt (b, strata_add (b, strata_square (b, x), strata_square (b, y)));
}

static StrataValue *
add (StrataBuilder *b,
     StrataValue   *x,
     StrataValue   *y)
{
  return y->tensor != NULL ? strata_add_bias (b, x, y) : strata_add (b, x, y);
}

/* log (exp x + exp y), however large they are. */
static StrataValue *
log_add_exp (StrataBuilder *b,
             StrataValue   *x,
             StrataValue   *y)
{
  StrataValue *distance = strata_absolute (b, strata_subtract (b, x, y));

  return strata_add (b, strata_maximum (b, x, y), strata_log1p (b, strata_exp (b, strata_negative (b, distance))));
}

static StrataValue *
heaviside (StrataBuilder *b,
           StrataValue   *x,
           StrataValue   *y)
{
  StrataValue *zero = strata_builder_scalar (b, 0), *one = strata_builder_scalar (b, 1);

  return strata_where (b, strata_greater (b, x, zero), one, strata_where (b, strata_less (b, x, zero), zero, y));
}

static void
emit_clip (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  double minimum = strata_operands_number (self, "x_min"), maximum = strata_operands_number (self, "x_max");

  strata_operands_return (self, strata_clip (self->b, x, minimum, maximum), strata_operands_get_dtype (self));
}

static void
emit_cast (StrataOperands *self)
{
  JsonNode *node = strata_operands_param (self, "dtype");
  const char *name = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  StrataValue *x = strata_operands_get (self, 0);
  StrataDType dtype = x->dtype;

  if (name != NULL && !strata_dtype_from_name (name, &dtype, NULL))
    strata_operands_fail (self, "cannot make numbers of the type “%s”", name);
  /* What Keras would only store in these is computed in float32. */
  if (strata_dtype_is_float (dtype))
    dtype = STRATA_FLOAT32;
  strata_operands_return (self, x, dtype);
}

static void
emit_fill (StrataOperands *self,
           double          value)
{
  StrataValue *x = strata_operands_get (self, 0);
  StrataValue *filled = strata_broadcast_to (self->b, strata_builder_scalar (self->b, value), &x->shape);

  strata_operands_return (self, filled, x->dtype);
}

static void
emit_zeros_like (StrataOperands *self)
{
  emit_fill (self, 0);
}

static void
emit_ones_like (StrataOperands *self)
{
  emit_fill (self, 1);
}

#define PAIR(op_name, function, ...) { .name = op_name, .binary = function, ##__VA_ARGS__ }
#define LIKE .result = STRATA_RESULT_LIKE

const StrataOperation strata_operations_arithmetic[] = {
  PAIR ("Add", add, LIKE),
  PAIR ("Subtract", strata_subtract, LIKE),
  PAIR ("Multiply", strata_multiply, LIKE),
  PAIR ("TrueDivide", strata_divide),
  PAIR ("Divide", strata_divide),
  PAIR ("DivideNoNan", strata_divide_no_nan),
  PAIR ("FloorDivide", strata_floor_divide, LIKE),
  PAIR ("Mod", strata_modulo, LIKE),
  PAIR ("Fmod", fmod_, LIKE),
  PAIR ("Power", strata_power, LIKE),
  PAIR ("Maximum", strata_maximum, LIKE),
  PAIR ("Minimum", strata_minimum, LIKE),
  PAIR ("Fmax", strata_maximum, LIKE),
  PAIR ("Fmin", strata_minimum, LIKE),
  PAIR ("Hypot", hypotenuse),
  PAIR ("Logaddexp", log_add_exp),
  PAIR ("Heaviside", heaviside),
  { .name = "Clip", .parameters = "x_min,x_max", .emit = emit_clip },
  { .name = "Cast", .module = "keras.src.ops.core", .parameters = "dtype", .emit = emit_cast },
  { .name = "ZerosLike", .parameters = "dtype=null", .emit = emit_zeros_like },
  { .name = "OnesLike", .parameters = "dtype=null", .emit = emit_ones_like },
  { NULL },
};
