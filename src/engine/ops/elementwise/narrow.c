/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ops/narrow.h"

#include <math.h>
#include <string.h>

#include "ops/elementwise-op.h"

typedef struct
{
  StrataDType dtype;
} Attrs;

static inline guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static inline float
of_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Drops the last @lost bits of the fraction: to the nearest number, and of two to the even one. */
static inline guint32
round_bits (guint32 bits,
            int     lost)
{
  return (bits + (1u << (lost - 1)) - 1 + (bits >> lost & 1)) & ~((1u << lost) - 1);
}

/* Below 2^-14, halves are multiples of 2^-24, as are floats from 0.5 to 1. */
static inline float
round_half (float x)
{
  guint32 sign = bits_of (x) & 0x80000000u, magnitude = bits_of (x) ^ sign;
  guint32 small = bits_of ((of_bits (magnitude) + 0.5f) - 0.5f), normal = round_bits (magnitude, 13);

  normal = magnitude >= 0x477ff000u ? 0x7f800000u : normal;
  normal = magnitude > 0x7f800000u ? magnitude : normal;
  return of_bits (sign | (magnitude < 0x38800000u ? small : normal));
}

static inline float
round_bfloat (float x)
{
  return x == x ? of_bits (round_bits (bits_of (x), 16)) : x;
}

STRATA_BLOCK_FUNCTION (narrow)
{
  const float *x = in[0];
  float *result = out[0];

  if (((const Attrs *) attrs)->dtype == STRATA_FLOAT16)
    STRATA_INDEPENDENT for (gsize i = 0; i < n; i++)
      result[i] = round_half (x[i]);
  else
    STRATA_INDEPENDENT for (gsize i = 0; i < n; i++)
      result[i] = round_bfloat (x[i]);
}

#if STRATA_ISA_IS_BASE
STRATA_GRADIENT (narrow)
{
  input_grads[0] = grads[0];
}

STRATA_ELEMENTWISE (narrow, 1, narrow_gradient, .attrs_size = sizeof (Attrs))

/**
 * strata_narrow: (skip)
 * @dtype: float16 or bfloat16; float32 changes nothing
 *
 * Returns: (transfer none): @x with its numbers rounded to those of @dtype, still kept as float32; @x itself where
 *   they are such or are no floats
 */
StrataValue *
strata_narrow (StrataBuilder *b,
               StrataValue   *x,
               StrataDType    dtype)
{
  if (dtype == STRATA_FLOAT32 || x->dtype != STRATA_FLOAT32 || x->precision == dtype)
    return x;
  x = strata_builder_emit (b, &strata_op_narrow, &(Attrs){ dtype }, &x, 1);
  if (!strata_builder_has_failed (b))
    x->precision = x->node->precision = dtype;
  return x;
}
#endif
