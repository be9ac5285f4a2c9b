/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tensor/convert.h"

#include <math.h>
#include <string.h>

static guint32
float_bits (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static float
bits_float (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

float
strata_half_to_float (guint16 half)
{
  guint32 sign = (half & 0x8000u) << 16, exponent = (half >> 10) & 31, fraction = half & 0x3ff;

  if (exponent == 0)
    return bits_float (sign | float_bits (ldexpf (fraction, -24)));
  if (exponent == 31)
    return bits_float (sign | 0x7f800000u | fraction << 13);
  return bits_float (sign | (exponent + 112) << 23 | fraction << 13);
}

/* Rounds to nearest, ties to even, by letting float addition do it. */
guint16
strata_half_from_float (float value)
{
  guint32 bits = float_bits (value), sign = (bits >> 16) & 0x8000u;
  float magnitude = fabsf (value);

  if (isnan (value))
    return sign | 0x7e00;
  if (magnitude >= 65520.0f)
    return sign | 0x7c00;
  if (magnitude < 0x1p-14f)
    return sign | (guint16) lrintf (magnitude * 0x1p24f);
  bits = float_bits (magnitude);
  bits += 0xfff + ((bits >> 13) & 1);
  return sign | (guint16) ((bits >> 13) - (112 << 10));
}

float
strata_bfloat_to_float (guint16 bits)
{
  return bits_float ((guint32) bits << 16);
}

guint16
strata_bfloat_from_float (float value)
{
  guint32 bits = float_bits (value);

  if (isnan (value))
    return (bits >> 16) | 0x40;
  return (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
}

static double
load (StrataDType   dtype,
      gconstpointer data,
      gsize         i)
{
  switch (dtype)
    {
    case STRATA_FLOAT32:
      return ((const float *) data)[i];
    case STRATA_INT32:
      return ((const gint32 *) data)[i];
    case STRATA_INT64:
      return ((const gint64 *) data)[i];
    case STRATA_UINT8:
    case STRATA_BOOL:
      return ((const guint8 *) data)[i];
    case STRATA_FLOAT16:
      return strata_half_to_float (((const guint16 *) data)[i]);
    case STRATA_BFLOAT16:
      return strata_bfloat_to_float (((const guint16 *) data)[i]);
    case STRATA_FLOAT64:
      return ((const double *) data)[i];
    case STRATA_STRING:
    default:
      return 0;
    }
}

/* Casting a float outside the integer's range is undefined in C; NumPy's result is arbitrary too. */
static gint64
to_integer (double value,
            double minimum,
            double maximum)
{
  return isnan (value) ? 0 : (gint64) CLAMP (value, minimum, maximum);
}

static void
store (StrataDType dtype,
       gpointer    data,
       gsize       i,
       double      value)
{
  switch (dtype)
    {
    case STRATA_FLOAT32:
      ((float *) data)[i] = value;
      break;
    case STRATA_INT32:
      ((gint32 *) data)[i] = to_integer (value, G_MININT32, G_MAXINT32);
      break;
    case STRATA_INT64:
      ((gint64 *) data)[i] = to_integer (value, -0x1p63, 0x1.fffffffffffffp62);
      break;
    case STRATA_UINT8:
      ((guint8 *) data)[i] = to_integer (value, 0, 255);
      break;
    case STRATA_BOOL:
      ((guint8 *) data)[i] = value != 0;
      break;
    case STRATA_FLOAT16:
      ((guint16 *) data)[i] = strata_half_from_float (value);
      break;
    case STRATA_BFLOAT16:
      ((guint16 *) data)[i] = strata_bfloat_from_float (value);
      break;
    case STRATA_FLOAT64:
      ((double *) data)[i] = value;
      break;
    case STRATA_STRING:
    default:
      break;
    }
}

/**
 * strata_convert:
 * @from: type of @source
 * @source: @n elements
 * @to: type of @target
 * @target: room for @n elements
 *
 * Converts numbers between any two types but strings.
 */
void
strata_convert (StrataDType   from,
                gconstpointer source,
                StrataDType   to,
                gpointer      target,
                gsize         n)
{
  if (from == to)
    {
      memcpy (target, source, n * strata_dtype_get_size (from));
      return;
    }
  if (from == STRATA_UINT8 && to == STRATA_FLOAT32)
    {
      for (gsize i = 0; i < n; i++)
        ((float *) target)[i] = ((const guint8 *) source)[i];
      return;
    }
  if ((from == STRATA_INT64 && to == STRATA_INT32) || (from == STRATA_INT32 && to == STRATA_INT64))
    {
      for (gsize i = 0; i < n; i++)
        if (to == STRATA_INT32)
          ((gint32 *) target)[i] = CLAMP (((const gint64 *) source)[i], G_MININT32, G_MAXINT32);
        else
          ((gint64 *) target)[i] = ((const gint32 *) source)[i];
      return;
    }
  for (gsize i = 0; i < n; i++)
    store (to, target, i, load (from, source, i));
}
