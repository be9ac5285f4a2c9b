/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#if defined(__AVX__)
#include <immintrin.h>
#endif

/* Vectors of the widest register of the instruction set a source is compiled for. */
#if defined(__AVX512F__)
#define STRATA_VECTOR 16
#elif defined(__AVX__)
#define STRATA_VECTOR 8
#else
#define STRATA_VECTOR 4
#endif

typedef float StrataVector __attribute__ ((vector_size (STRATA_VECTOR * 4)));
typedef gint32 StrataVectorMask __attribute__ ((vector_size (STRATA_VECTOR * 4)));
typedef float StrataVectorUnaligned __attribute__ ((vector_size (STRATA_VECTOR * 4), aligned (4), may_alias));

#define STRATA_INLINE static inline __attribute__ ((always_inline))

STRATA_INLINE StrataVector
strata_vector_load (const float *p)
{
  return *(const StrataVectorUnaligned *) p;
}

STRATA_INLINE void
strata_vector_store (float       *p,
                     StrataVector v)
{
  *(StrataVectorUnaligned *) p = v;
}

#if defined(__AVX__) && !defined(__AVX512F__)
STRATA_INLINE __m256i
strata_vector_first (int n)
{
  static const gint32 first[2 * STRATA_VECTOR] = { -1, -1, -1, -1, -1, -1, -1, -1 };

  return _mm256_loadu_si256 ((const __m256i *) (first + STRATA_VECTOR - n));
}
#endif

/* The first @n numbers, and zeros. */
STRATA_INLINE StrataVector
strata_vector_load_first (const float *p,
                          int          n)
{
#if defined(__AVX512F__)
  return (StrataVector) _mm512_maskz_loadu_ps ((1u << n) - 1, p);
#elif defined(__AVX__)
  return (StrataVector) _mm256_maskload_ps (p, strata_vector_first (n));
#else
  StrataVector v = { 0 };

  for (int i = 0; i < n; i++)
    v[i] = p[i];
  return v;
#endif
}

/* The first @n numbers only. */
STRATA_INLINE void
strata_vector_store_first (float       *p,
                           int          n,
                           StrataVector v)
{
#if defined(__AVX512F__)
  _mm512_mask_storeu_ps (p, (1u << n) - 1, (__m512) v);
#elif defined(__AVX__)
  _mm256_maskstore_ps (p, strata_vector_first (n), (__m256) v);
#else
  for (int i = 0; i < n; i++)
    p[i] = v[i];
#endif
}

/* All numbers together, by halves. */
STRATA_INLINE float
strata_vector_sum (StrataVector v)
{
  float parts[STRATA_VECTOR];

  strata_vector_store (parts, v);
  for (int half = STRATA_VECTOR / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++)
      parts[i] += parts[half + i];
  return parts[0];
}

/* The sum of the products of @n pairs. */
STRATA_INLINE float
strata_vector_dot (const float *x,
                   const float *y,
                   gint64       n)
{
  StrataVector sums = { 0 };
  gint64 i = 0;

  for (; i + STRATA_VECTOR <= n; i += STRATA_VECTOR)
    sums += strata_vector_load (x + i) * strata_vector_load (y + i);
  if (i < n)
    sums += strata_vector_load_first (x + i, n - i) * strata_vector_load_first (y + i, n - i);
  return strata_vector_sum (sums);
}

/* Negative numbers become zero; NaN stays. */
STRATA_INLINE StrataVector
strata_vector_relu (StrataVector v)
{
  return (StrataVector) ((StrataVectorMask) v & ~(v < 0.0f));
}
