/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>

#include "base/json.h"
#include "ops/elementwise.h"
#include "ops/reduce.h"

/* What leaves out numbers that are none, and tells such numbers apart. */

static StrataValue *
is_positive_infinity (StrataBuilder *b,
                      StrataValue   *x)
{
  return strata_greater (b, x, strata_builder_scalar (b, G_MAXFLOAT));
}

static StrataValue *
is_negative_infinity (StrataBuilder *b,
                      StrataValue   *x)
{
  return strata_less (b, x, strata_builder_scalar (b, -G_MAXFLOAT));
}

static double
get_number (StrataOperands *self,
            const char     *name,
            double          fallback)
{
  return strata_operands_param (self, name) != NULL ? strata_operands_number (self, name) : fallback;
}

static void
emit_nan_to_num (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0);

  x = strata_where (b, strata_is_nan (b, x), strata_builder_scalar (b, get_number (self, "nan", 0)), x);
  x = strata_where (b, is_positive_infinity (b, x), strata_builder_scalar (b, get_number (self, "posinf", G_MAXFLOAT)),
                    x);
  x = strata_where (b, is_negative_infinity (b, x), strata_builder_scalar (b, get_number (self, "neginf", -G_MAXFLOAT)),
                    x);
  strata_operands_return (self, x, STRATA_FLOAT32);
}

typedef struct
{
  StrataBuilder *b;
  StrataValue *x, *holes;
  guint axes;
} Holed;

/* A reduction of the numbers that there are; holes count as @value. */
static StrataValue *
reduce_filled (const Holed *self,
               double       value,
               StrataValue *(*reduce) (StrataBuilder *b, StrataValue *x, guint axes, gboolean keep_dims),
               gboolean     keep_dims)
{
  return reduce (self->b, strata_where (self->b, self->holes, strata_builder_scalar (self->b, value), self->x),
                 self->axes, keep_dims);
}

static StrataValue *
count (const Holed *self,
       gboolean     keep_dims)
{
  return strata_reduce_sum (self->b, strata_logical_not (self->b, self->holes), self->axes, keep_dims);
}

static StrataValue *
mean (const Holed *self,
      gboolean     keep_dims)
{
  return strata_divide (self->b, reduce_filled (self, 0, strata_reduce_sum, keep_dims), count (self, keep_dims));
}

static StrataValue *
variance (const Holed *self,
          gboolean     keep_dims)
{
  Holed squares = *self;

  squares.x = strata_square (self->b, strata_subtract (self->b, self->x, mean (self, TRUE)));
  return mean (&squares, keep_dims);
}

static StrataValue *
extreme (const Holed *self,
         double       value,
         gboolean     keep_dims)
{
  StrataValue *found = reduce_filled (self, value, value < 0 ? strata_reduce_max : strata_reduce_min, keep_dims);
  StrataValue *none = strata_equal (self->b, count (self, keep_dims), strata_builder_scalar (self->b, 0));

  return strata_where (self->b, none, strata_builder_scalar (self->b, NAN), found);
}

static void
emit_holed (StrataOperands *self)
{
  const char *name = self->operation->name;
  gboolean keep_dims = strata_operands_flag (self, "keepdims");
  Holed holed = { .b = self->b, .x = strata_operands_get_float (self, 0) };
  StrataValue *y;

  holed.axes = strata_operands_axes (self, "axis", holed.x->shape.rank);
  if (strata_builder_has_failed (self->b))
    return;
  holed.holes = strata_is_nan (self->b, holed.x);
  if (g_str_equal (name, "Nansum"))
    y = reduce_filled (&holed, 0, strata_reduce_sum, keep_dims);
  else if (g_str_equal (name, "Nanprod"))
    y = reduce_filled (&holed, 1, strata_reduce_prod, keep_dims);
  else if (g_str_equal (name, "Nanmax"))
    y = extreme (&holed, -INFINITY, keep_dims);
  else if (g_str_equal (name, "Nanmin"))
    y = extreme (&holed, INFINITY, keep_dims);
  else if (g_str_equal (name, "Nanmean"))
    y = mean (&holed, keep_dims);
  else
    {
      y = variance (&holed, keep_dims);
      y = g_str_equal (name, "Nanstd") ? strata_sqrt (self->b, y) : y;
    }
  strata_operands_return (self, y, STRATA_FLOAT32);
}

static void
emit_count_nonzero (StrataOperands *self)
{
  StrataValue *x = strata_operands_get_float (self, 0);
  guint axes = strata_operands_axes (self, "axis", x->shape.rank);

  x = strata_not_equal (self->b, x, strata_builder_scalar (self->b, 0));
  strata_operands_return (self, strata_reduce_sum (self->b, x, axes, FALSE), STRATA_INT32);
}

/* |x - y| <= atol + rtol |y| */
static void
emit_isclose (StrataOperands *self)
{
  StrataBuilder *b = self->b;
  StrataValue *x = strata_operands_get_float (self, 0), *y = strata_operands_get_float (self, 1), *far, *close;
  JsonNode *relative = strata_operands_find (self, 2), *absolute = strata_operands_find (self, 3);

  far = strata_scale (b, strata_absolute (b, y), relative != NULL && strata_json_is_number (relative)
                      ? json_node_get_double (relative) : 1e-5);
  far = strata_offset (b, far, absolute != NULL && strata_json_is_number (absolute) ? json_node_get_double (absolute)
                       : 1e-8);
  close = strata_less_equal (b, strata_absolute (b, strata_subtract (b, x, y)), far);
  close = strata_logical_or (b, close, strata_equal (b, x, y));
  if (strata_operands_flag (self, "equal_nan"))
    close = strata_logical_or (b, close, strata_logical_and (b, strata_is_nan (b, x), strata_is_nan (b, y)));
  strata_operands_return (self, close, STRATA_BOOL);
}

#define HOLED(op_name) { .name = op_name, .parameters = "axis=null,keepdims=false", .emit = emit_holed }

const StrataOperation strata_operations_missing[] = {
  HOLED ("Nansum"),
  HOLED ("Nanprod"),
  HOLED ("Nanmax"),
  HOLED ("Nanmin"),
  HOLED ("Nanmean"),
  HOLED ("Nanvar"),
  HOLED ("Nanstd"),
  { .name = "Isposinf", .unary = is_positive_infinity, .result = STRATA_RESULT_BOOL },
  { .name = "Isneginf", .unary = is_negative_infinity, .result = STRATA_RESULT_BOOL },
  { .name = "NanToNum", .parameters = "nan=0.0,posinf=null,neginf=null", .emit = emit_nan_to_num },
  { .name = "CountNonzero", .parameters = "axis=null", .emit = emit_count_nonzero },
  { .name = "Isclose", .arguments = "x1,x2,rtol,atol", .parameters = "equal_nan=false", .emit = emit_isclose },
  { NULL },
};
