/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"

StrataValue *
strata_scale (StrataBuilder *b,
              StrataValue   *x,
              double         factor)
{
  return strata_multiply (b, x, strata_builder_scalar (b, factor));
}

StrataValue *
strata_offset (StrataBuilder *b,
               StrataValue   *x,
               double         summand)
{
  return strata_add (b, x, strata_builder_scalar (b, summand));
}

/**
 * strata_clip:
 *
 * Keeps each number from @minimum to @maximum; no gradient flows where it was outside.
 */
StrataValue *
strata_clip (StrataBuilder *b,
             StrataValue   *x,
             double         minimum,
             double         maximum)
{
  return strata_minimum (b, strata_maximum (b, x, strata_builder_scalar (b, minimum)), strata_builder_scalar (b, maximum));
}
