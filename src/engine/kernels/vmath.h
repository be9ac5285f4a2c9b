/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>
#include <stdint.h>
#include <string.h>

/**
 * Functions of one float written without branches or calls, so that loops over
 * them are vectorised. Good to a few units in the last place; NaN stays NaN.
 * Polynomials for exp, log and tanh follow Moshier's Cephes; erf is the
 * rational approximation that is usual for single precision.
 */

static inline float
vm_from_bits (int32_t bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline int32_t
vm_to_bits (float value)
{
  int32_t bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static inline float
vm_clamp (float x,
          float low,
          float high)
{
  x = x < low ? low : x;
  return x > high ? high : x;
}

/* Adding and taking away 1.5 * 2^23 rounds to a whole number. */
static inline float
vm_round (float x)
{
  return (x + 12582912.0f) - 12582912.0f;
}

static inline float
vm_exp (float x)
{
  float clamped = vm_clamp (x, -104.0f, 89.0f);
  float n = vm_round (clamped * 1.44269504088896341f);
  float r = (clamped - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  int32_t whole, half;

  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;

  /* 2^n in two factors, so that neither overflows and small results are subnormal, not zero. */
  n = n == n ? n : 0.0f;
  whole = (int32_t) n;
  half = whole >> 1;
  return p * vm_from_bits ((half + 127) << 23) * vm_from_bits ((whole - half + 127) << 23);
}

static inline float
vm_log (float x)
{
  float scaled = x < 1.17549435e-38f ? x * 8388608.0f : x;
  int32_t bits = vm_to_bits (scaled);
  float e = (float) ((bits >> 23) - 126) - (x < 1.17549435e-38f ? 23.0f : 0.0f);
  float m = vm_from_bits ((bits & 0x007fffff) | 0x3f000000);
  int small = m < 0.707106781186547524f;
  float f = small ? m + m - 1.0f : m - 1.0f;
  float z = f * f, p = 7.0376836292e-2f;

  e = small ? e - 1.0f : e;
  p = p * f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  p = p * f * z + e * -2.12194440e-4f - 0.5f * z;
  p = f + p + e * 0.693359375f;

  p = x == HUGE_VALF ? x : p;
  p = x == 0.0f ? -HUGE_VALF : p;
  p = x < 0.0f ? NAN : p;
  return x != x ? x : p;
}

static inline float
vm_tanh (float x)
{
  float a = x < 0 ? -x : x, z = x * x;
  float e = vm_exp (2.0f * a);
  float large = 1.0f - 2.0f / (e + 1.0f);
  float p = -5.70498872745e-3f;

  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  p = p * z * x + x;
  return a < 0.625f ? p : x < 0 ? -large : large;
}

static inline float
vm_sigmoid (float x)
{
  return 1.0f / (1.0f + vm_exp (-x));
}

static inline float
vm_expm1 (float x)
{
  float p = 1.0f / 5040.0f;

  p = p * x + 1.0f / 720.0f;
  p = p * x + 1.0f / 120.0f;
  p = p * x + 1.0f / 24.0f;
  p = p * x + 1.0f / 6.0f;
  p = p * x + 0.5f;
  p = p * x * x + x;
  return (x < 0 ? -x : x) < 0.35f ? p : vm_exp (x) - 1.0f;
}

/* log (1 + x): the rounding of 1 + x is undone by the quotient (Kahan). */
static inline float
vm_log1p (float x)
{
  float u = 1.0f + x, d = u - 1.0f;

  return d == 0.0f ? x : u == HUGE_VALF ? u : vm_log (u) * (x / d);
}

static inline float
vm_softplus (float x)
{
  return (x > 0 ? x : 0.0f * x) + vm_log1p (vm_exp (x < 0 ? x : -x));
}

static inline float
vm_erf (float x)
{
  float c = vm_clamp (x, -4.0f, 4.0f), z = c * c;
  float p = -2.72614225801306e-10f, q = -1.45660718464996e-05f;

  p = p * z + 2.77068142495902e-08f;
  p = p * z - 2.10102402082508e-06f;
  p = p * z - 5.69250639462346e-05f;
  p = p * z - 7.34990630326855e-04f;
  p = p * z - 2.95459980854025e-03f;
  p = p * z - 1.60960333262415e-02f;
  q = q * z - 2.13374055278905e-04f;
  q = q * z - 1.68282697438203e-03f;
  q = q * z - 7.37332916720468e-03f;
  q = q * z - 1.42647390514189e-02f;
  return c * p / q;
}
