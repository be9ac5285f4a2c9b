/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/vector.h"

/* The larger and smaller of each pair; NaN in @v stays. */
STRATA_INLINE StrataVector
strata_vector_clamp (StrataVector v,
                     float        low,
                     float        high)
{
  const StrataVector least = (StrataVector) { 0 } + low, most = (StrataVector) { 0 } + high;

#if defined(__AVX512F__)
  return (StrataVector) _mm512_maskz_min_ps (0xffff, (__m512) most,
                                             _mm512_maskz_max_ps (0xffff, (__m512) least, (__m512) v));
#elif defined(__AVX__)
  return (StrataVector) _mm256_min_ps ((__m256) most, _mm256_max_ps ((__m256) least, (__m256) v));
#else
  StrataVectorMask below = v < least, above = v > most;

  v = (StrataVector) (((StrataVectorMask) least & below) | ((StrataVectorMask) v & ~below));
  return (StrataVector) (((StrataVectorMask) most & above) | ((StrataVectorMask) v & ~above));
#endif
}

/* A quotient of polynomials, fitted to the least relative error (as in Eigen), good to
 * 3e-7: half the work of an exponential. Beyond 7.9 the tangent is one in single precision. */
STRATA_INLINE StrataVector
strata_vector_tanh (StrataVector v)
{
  StrataVector x = strata_vector_clamp (v, -7.90531110763549805f, 7.90531110763549805f), z = x * x;
  StrataVector p = z * -2.76076847742355e-16f + 2.00018790482477e-13f;
  StrataVector q = z * 1.19825839466702e-06f + 1.18534705686654e-04f;

  p = p * z + -8.60467152213735e-11f;
  p = p * z + 5.12229709037114e-08f;
  p = p * z + 1.48572235717979e-05f;
  p = p * z + 6.37261928875436e-04f;
  p = p * z + 4.89352455891786e-03f;
  q = q * z + 2.26843463243900e-03f;
  q = q * z + 4.89352518554385e-03f;
  return p * x / q;
}

#if defined(__AVX512DQ__)
/* Two to the power of numbers, good to 1e-7: what a polynomial (least relative error, Lawson's way) makes of the
 * fraction is scaled. */
STRATA_INLINE StrataVector
strata_vector_exp2 (StrataVector v)
{
  const StrataVector r = (StrataVector) _mm512_maskz_reduce_ps (0xffff, (__m512) v,
                                                                _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
  StrataVector p = r * 1.8775769269e-3f + 8.9893406257e-3f;

  p = p * r + 5.5826317519e-2f;
  p = p * r + 2.4015361071e-1f;
  p = p * r + 6.9315308332e-1f;
  p = p * r + 9.9999994040e-1f;
  return (StrataVector) _mm512_maskz_scalef_ps (0xffff, (__m512) p, (__m512) v);
}
#endif

/* The sigmoid, good to 3e-7 of one, not of its value: for what is multiplied by a gate. Where powers of two are to be
 * had, they are half the work. */
STRATA_INLINE StrataVector
strata_vector_gate (StrataVector v)
{
#if defined(__AVX512DQ__)
  return 1.0f / (1.0f + strata_vector_exp2 (v * -1.44269504088896341f));
#else
  return strata_vector_tanh (v * 0.5f) * 0.5f + 0.5f;
#endif
}

/* Good to a few units in the last place from -87 to 88, and stays there beyond; NaN stays. */
STRATA_INLINE StrataVector
strata_vector_exp (StrataVector v)
{
  StrataVector x = strata_vector_clamp (v, -87.0f, 88.0f);
  StrataVector n = (x * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
  StrataVector r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  StrataVector p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  StrataVectorMask bits;

  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  n = (StrataVector) ((StrataVectorMask) n & (n == n));
  bits = (__builtin_convertvector (n, StrataVectorMask) + 127) << 23;
  return p * (StrataVector) bits;
}

/* A number times its sigmoid. */
STRATA_INLINE StrataVector
strata_vector_silu (StrataVector v)
{
#if defined(__AVX512DQ__)
  return v / (1.0f + strata_vector_exp2 (v * -1.44269504088896341f));
#else
  return v / (1.0f + strata_vector_exp (-v));
#endif
}
