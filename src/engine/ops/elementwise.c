/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/elementwise.h"

/**
 * strata_scale:
 *
 * Returns: (transfer none): @x times @factor
 */
StrataValue *
strata_scale (StrataBuilder *b,
              StrataValue   *x,
              double         factor)
{
  return strata_multiply (b, x, strata_builder_scalar (b, factor));
}

/**
 * strata_offset:
 *
 * Returns: (transfer none): @x plus @summand
 */
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
 * Returns: (transfer none): the numbers within bounds
 */
StrataValue *
strata_clip (StrataBuilder *b,
             StrataValue   *x,
             double         minimum,
             double         maximum)
{
  return strata_minimum (b, strata_maximum (b, x, strata_builder_scalar (b, minimum)),
                         strata_builder_scalar (b, maximum));
}
