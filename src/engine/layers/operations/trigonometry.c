/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/operation.h"

#include "ops/elementwise.h"

/* Angles, and what complex numbers would have. */

static StrataValue *
arcsin (StrataBuilder *b,
        StrataValue   *x)
{
  StrataValue *one = strata_builder_scalar (b, 1);
  StrataValue *square = strata_multiply (b, strata_subtract (b, one, x), strata_add (b, one, x));

  return strata_arctan (b, strata_divide (b, x, strata_sqrt (b, square)));
}

static StrataValue *
arccos (StrataBuilder *b,
        StrataValue   *x)
{
  return strata_subtract (b, strata_builder_scalar (b, G_PI_2), arcsin (b, x));
}

static StrataValue *
below_zero (StrataBuilder *b,
            StrataValue   *x)
{
  return strata_less (b, x, strata_builder_scalar (b, 0));
}

/* sin (πx) / (πx) */
static StrataValue *
sinc (StrataBuilder *b,
      StrataValue   *x)
{
  StrataValue *one = strata_builder_scalar (b, 1), *centre = strata_equal (b, x, strata_builder_scalar (b, 0));
  StrataValue *angle = strata_scale (b, strata_where (b, centre, one, x), G_PI);

  return strata_where (b, centre, one, strata_divide (b, strata_sin (b, angle), angle));
}

static StrataValue *
same (StrataBuilder *b,
      StrataValue   *x)
{
  return x;
}

static StrataValue *
nothing (StrataBuilder *b,
         StrataValue   *x)
{
  return strata_multiply (b, x, strata_builder_scalar (b, 0));
}

static StrataValue *
always (StrataBuilder *b,
        StrataValue   *x)
{
  return strata_equal (b, x, x);
}

static StrataValue *
angle (StrataBuilder *b,
       StrataValue   *x)
{
  return strata_scale (b, below_zero (b, x), G_PI);
}

static StrataValue *
log2_add_exp2 (StrataBuilder *b,
               StrataValue   *x,
               StrataValue   *y)
{
  StrataValue *apart = strata_negative (b, strata_absolute (b, strata_subtract (b, x, y)));
  StrataValue *rest = strata_log1p (b, strata_exp (b, strata_scale (b, apart, G_LN2)));

  return strata_add (b, strata_maximum (b, x, y), strata_scale (b, rest, 1 / G_LN2));
}

static StrataValue *
scale_by_power (StrataBuilder *b,
                StrataValue   *x,
                StrataValue   *y)
{
  return strata_multiply (b, x, strata_power (b, strata_builder_scalar (b, 2), y));
}

#define ONE(op_name, function, ...) { .name = op_name, .unary = function, ##__VA_ARGS__ }
#define LIKE .result = STRATA_RESULT_LIKE
#define BOOL .result = STRATA_RESULT_BOOL

const StrataOperation strata_operations_trigonometry[] = {
  ONE ("Arcsin", arcsin),
  ONE ("Arccos", arccos),
  ONE ("Arctan", strata_arctan),
  ONE ("Sinc", sinc),
  ONE ("Angle", angle),
  ONE ("Real", same, LIKE),
  ONE ("Imag", nothing, LIKE),
  ONE ("Conj", same, LIKE),
  ONE ("Conjugate", same, LIKE),
  ONE ("Signbit", below_zero, BOOL),
  ONE ("Isreal", always, BOOL),
  { .name = "Arctan2", .binary = strata_arctan2 },
  { .name = "Logaddexp2", .binary = log2_add_exp2 },
  { .name = "Ldexp", .binary = scale_by_power },
  { NULL },
};
