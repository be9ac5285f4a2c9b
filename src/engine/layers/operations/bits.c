/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "ops/bits.h"
#include "ops/elementwise.h"

/* Whole numbers and their bits. */

static void
combine (StrataOperands  *self,
         StrataWholeKind  kind)
{
  StrataDType dtype = strata_operands_get_dtype (self);
  StrataValue *x = strata_operands_get (self, 0), *y = strata_operands_get (self, 1);

  if (strata_dtype_is_float (dtype))
    strata_operands_fail (self, "takes whole numbers");
  else
    {
      x = strata_whole (self->b, kind, strata_cast (self->b, x, dtype), strata_cast (self->b, y, dtype));
      strata_operands_return (self, x, dtype);
    }
}

#define COMBINE(function, kind)             \
  static void function (StrataOperands *self) \
  {                                         \
    combine (self, kind);                   \
  }
COMBINE (emit_and, STRATA_WHOLE_AND)
COMBINE (emit_or, STRATA_WHOLE_OR)
COMBINE (emit_xor, STRATA_WHOLE_XOR)
COMBINE (emit_left_shift, STRATA_WHOLE_LEFT_SHIFT)
COMBINE (emit_right_shift, STRATA_WHOLE_RIGHT_SHIFT)
COMBINE (emit_gcd, STRATA_WHOLE_GCD)
COMBINE (emit_lcm, STRATA_WHOLE_LCM)
#undef COMBINE

static void
emit_invert (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);
  StrataValue *ones = strata_builder_scalar (self->b, x->dtype == STRATA_UINT8 ? G_MAXUINT8 : -1);

  if (x->dtype != STRATA_INT32 && x->dtype != STRATA_INT64 && x->dtype != STRATA_UINT8)
    strata_operands_fail (self, "takes whole numbers");
  else
    strata_operands_return (self, strata_whole (self->b, STRATA_WHOLE_XOR, x, strata_cast (self->b, ones, x->dtype)),
                            x->dtype);
}

static gboolean
read_dtype (JsonNode    *node,
            StrataDType *dtype)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
         strata_dtype_from_name (json_node_get_string (node), dtype, NULL);
}

/* The same bits read as numbers of another type; Keras lets the last dimension grow or shrink where sizes differ. */
static void
emit_view (StrataOperands *self)
{
  JsonNode *node = strata_operands_param (self, "dtype");
  StrataValue *x = strata_operands_get (self, 0);
  StrataDType dtype = x->dtype;

  if (node != NULL && !read_dtype (node, &dtype))
    strata_operands_fail (self, "needs a type of numbers");
  else if (x->dtype == STRATA_STRING || dtype == STRATA_STRING ||
           (strata_dtype_is_float (dtype) && dtype != STRATA_FLOAT32))
    strata_operands_fail (self, "reads bits as float32 or whole numbers only");
  else
    strata_operands_return (self, strata_read_bits (self->b, x, dtype), dtype);
}

/* Keras takes the step in double precision, so float32 does not see it. */
static StrataValue *
next_after (StrataBuilder *b,
            StrataValue   *x,
            StrataValue   *y)
{
  return strata_where (b, strata_is_nan (b, y), y, x);
}

/* Numbers that the type cannot hold become the nearest that it can: of floats, the nearest of those. */
static void
emit_saturate_cast (StrataOperands *self)
{
  JsonNode *node = strata_operands_param (self, "dtype");
  StrataValue *x = strata_operands_get (self, 0);
  StrataDType dtype;

  if (!read_dtype (node, &dtype) || dtype == STRATA_STRING)
    strata_operands_fail (self, "needs a type of numbers");
  else if (dtype == STRATA_BOOL)
    strata_operands_return (self, strata_clip (self->b, strata_cast (self->b, x, STRATA_FLOAT32), 0, 1), dtype);
  else if (dtype == STRATA_INT32 && strata_dtype_is_float (x->dtype))
    strata_operands_return (self, strata_clip (self->b, x, G_MININT32, 2147483520.0), dtype);
  else
    /* What Keras would only store in other floats is computed in float32. */
    strata_operands_return (self, x, strata_dtype_is_float (dtype) ? STRATA_FLOAT32 : dtype);
}

#define CORE .module = "keras.src.ops.core"

const StrataOperation strata_operations_bits[] = {
  { .name = "BitwiseAnd", .arguments = "x,y", .emit = emit_and },
  { .name = "BitwiseOr", .arguments = "x,y", .emit = emit_or },
  { .name = "BitwiseXor", .arguments = "x,y", .emit = emit_xor },
  { .name = "BitwiseInvert", .emit = emit_invert },
  { .name = "BitwiseNot", .emit = emit_invert },
  { .name = "BitwiseLeftShift", .arguments = "x,y", .emit = emit_left_shift },
  { .name = "LeftShift", .arguments = "x,y", .emit = emit_left_shift },
  { .name = "BitwiseRightShift", .arguments = "x,y", .emit = emit_right_shift },
  { .name = "RightShift", .arguments = "x,y", .emit = emit_right_shift },
  { .name = "Gcd", .arguments = "x1,x2", .emit = emit_gcd },
  { .name = "Lcm", .arguments = "x1,x2", .emit = emit_lcm },
  { .name = "Nextafter", .arguments = "x1,x2", .binary = next_after },
  { .name = "View", .parameters = "dtype=null", .emit = emit_view },
  { .name = "SaturateCast", CORE, .parameters = "dtype", .emit = emit_saturate_cast },
  { NULL },
};
