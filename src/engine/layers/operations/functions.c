/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include <math.h>

#include "ops/elementwise.h"
#include "ops/shaping.h"

/* Functions of one number. */

static StrataValue *
identity (StrataBuilder *b,
          StrataValue   *x)
{
  return x;
}

static StrataValue *
tangent (StrataBuilder *b,
         StrataValue   *x)
{
  return strata_divide (b, strata_sin (b, x), strata_cos (b, x));
}

static StrataValue *
sinh_ (StrataBuilder *b,
       StrataValue   *x)
{
  StrataValue *up = strata_exp (b, x), *down = strata_exp (b, strata_negative (b, x));

  return strata_scale (b, strata_subtract (b, up, down), 0.5);
}

static StrataValue *
cosh_ (StrataBuilder *b,
       StrataValue   *x)
{
  StrataValue *up = strata_exp (b, x), *down = strata_exp (b, strata_negative (b, x));

  return strata_scale (b, strata_add (b, up, down), 0.5);
}

/* sign (x) log (|x| + sqrt (x² + 1)) loses nothing where x is far below 0. */
static StrataValue *
arcsinh (StrataBuilder *b,
         StrataValue   *x)
{
  StrataValue *size = strata_absolute (b, x);
  StrataValue *root = strata_sqrt (b, strata_offset (b, strata_square (b, x), 1));

  return strata_multiply (b, strata_sign (b, x), strata_log (b, strata_add (b, size, root)));
}

static StrataValue *
arccosh (StrataBuilder *b,
         StrataValue   *x)
{
  StrataValue *root = strata_sqrt (b, strata_offset (b, strata_square (b, x), -1));

  return strata_log (b, strata_add (b, x, root));
}

static StrataValue *
arctanh (StrataBuilder *b,
         StrataValue   *x)
{
  StrataValue *above = strata_log1p (b, x), *below = strata_log1p (b, strata_negative (b, x));

  return strata_scale (b, strata_subtract (b, above, below), 0.5);
}

static StrataValue *
log2_ (StrataBuilder *b,
       StrataValue   *x)
{
  return strata_scale (b, strata_log (b, x), 1 / G_LN2);
}

static StrataValue *
log10_ (StrataBuilder *b,
        StrataValue   *x)
{
  return strata_scale (b, strata_log (b, x), 1 / G_LN10);
}

static StrataValue *
exp2_ (StrataBuilder *b,
       StrataValue   *x)
{
  return strata_exp (b, strata_scale (b, x, G_LN2));
}

static StrataValue *
cube_root (StrataBuilder *b,
           StrataValue   *x)
{
  return strata_multiply (b, strata_sign (b, x),
                          strata_power (b, strata_absolute (b, x), strata_builder_scalar (b, 1.0 / 3.0)));
}

static StrataValue *
truncate_ (StrataBuilder *b,
           StrataValue   *x)
{
  return strata_multiply (b, strata_sign (b, x), strata_floor (b, strata_absolute (b, x)));
}

static StrataValue *
to_radians (StrataBuilder *b,
            StrataValue   *x)
{
  return strata_scale (b, x, G_PI / 180);
}

static StrataValue *
to_degrees (StrataBuilder *b,
            StrataValue   *x)
{
  return strata_scale (b, x, 180 / G_PI);
}

static StrataValue *
erfc_ (StrataBuilder *b,
       StrataValue   *x)
{
  return strata_subtract (b, strata_builder_scalar (b, 1), strata_erf (b, x));
}

static void
emit_round (StrataOperands *self)
{
  double factor = pow (10, strata_operands_number (self, "decimals"));
  StrataValue *x = strata_scale (self->b, strata_operands_get_float (self, 0), factor);

  strata_operands_return (self, strata_scale (self->b, strata_round (self->b, x), 1 / factor),
                          strata_operands_get_dtype (self));
}

static void
emit_stop_gradient (StrataOperands *self)
{
  StrataValue *x = strata_operands_get (self, 0);

  strata_operands_return (self, strata_stop_gradient (self->b, x), x->dtype);
}

#define MATH "keras.src.ops.math"
#define ONE(op_name, function, ...) { .name = op_name, .unary = function, ##__VA_ARGS__ }
#define LIKE .result = STRATA_RESULT_LIKE

const StrataOperation strata_operations_functions[] = {
  ONE ("Negative", strata_negative, LIKE),
  ONE ("Absolute", strata_absolute, LIKE),
  ONE ("Abs", strata_absolute, LIKE),
  ONE ("Fabs", strata_absolute),
  ONE ("Sign", strata_sign, LIKE),
  ONE ("Square", strata_square, LIKE),
  ONE ("Sqrt", strata_sqrt),
  ONE ("Cbrt", cube_root),
  ONE ("Rsqrt", strata_rsqrt, .module = MATH),
  ONE ("Reciprocal", strata_reciprocal),
  ONE ("Exp", strata_exp),
  ONE ("Exp2", exp2_),
  ONE ("Expm1", strata_expm1),
  ONE ("Log", strata_log),
  ONE ("Log1p", strata_log1p),
  ONE ("Log2", log2_),
  ONE ("Log10", log10_),
  ONE ("Sin", strata_sin),
  ONE ("Cos", strata_cos),
  ONE ("Tan", tangent),
  ONE ("Sinh", sinh_),
  ONE ("Cosh", cosh_),
  ONE ("Tanh", strata_tanh),
  ONE ("Arcsinh", arcsinh),
  ONE ("Arccosh", arccosh),
  ONE ("Arctanh", arctanh),
  ONE ("Erf", strata_erf, .module = MATH),
  ONE ("Erfc", erfc_, .module = MATH),
  ONE ("Erfinv", strata_erfinv, .module = MATH),
  ONE ("I0", strata_bessel_i0),
  ONE ("Floor", strata_floor),
  ONE ("Ceil", strata_ceil),
  ONE ("Trunc", truncate_, LIKE),
  ONE ("Deg2rad", to_radians),
  ONE ("Rad2deg", to_degrees),
  ONE ("Copy", identity, LIKE),
  { .name = "Round", .parameters = "decimals=0", .emit = emit_round },
  { .name = "StopGradient", .module = "keras.src.ops.core", .arguments = "variable", .emit = emit_stop_gradient },
  { NULL },
};
