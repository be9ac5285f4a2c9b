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

#define FIRST_4(v) __builtin_shufflevector (v, v, 0, 1, 2, 3)
#define NEXT_4(v) __builtin_shufflevector (v, v, 4, 5, 6, 7)
#define FIRST_8(v) __builtin_shufflevector (v, v, 0, 1, 2, 3, 4, 5, 6, 7)
#define NEXT_8(v) __builtin_shufflevector (v, v, 8, 9, 10, 11, 12, 13, 14, 15)

/* All numbers together, by halves. */
STRATA_INLINE float
strata_vector_sum (StrataVector v)
{
#if defined(__AVX512F__)
  const __m256 half = FIRST_8 (v) + NEXT_8 (v);
  const __m128 four = FIRST_4 (half) + NEXT_4 (half);
#elif defined(__AVX__)
  const __m128 four = FIRST_4 (v) + NEXT_4 (v);
#else
  const StrataVector four = v;
#endif

  return (four[0] + four[2]) + (four[1] + four[3]);
}

#undef FIRST_4
#undef NEXT_4
#undef FIRST_8
#undef NEXT_8

#define STRATA_VECTOR_MAX_DOTS 4

/* The sums of the products of @n pairs of each of a few rows of @x and each of a few of @y, added to those that are
 * there; the rows of all three are @ldx, @ldy and @ld apart. */
STRATA_INLINE void
strata_vector_dots (const int    n_x,
                    const int    n_y,
                    gint64       n,
                    const float *x,
                    gint64       ldx,
                    const float *y,
                    gint64       ldy,
                    float       *to,
                    gint64       ld)
{
  StrataVector sums[STRATA_VECTOR_MAX_DOTS][STRATA_VECTOR_MAX_DOTS] = { 0 };
  gint64 k = 0;

  for (; k + STRATA_VECTOR <= n; k += STRATA_VECTOR)
#pragma GCC unroll 4
    for (int i = 0; i < n_x; i++)
#pragma GCC unroll 4
      for (int j = 0; j < n_y; j++)
        sums[i][j] += strata_vector_load (x + i * ldx + k) * strata_vector_load (y + j * ldy + k);
  if (k < n)
#pragma GCC unroll 4
    for (int i = 0; i < n_x; i++)
#pragma GCC unroll 4
      for (int j = 0; j < n_y; j++)
        sums[i][j] += strata_vector_load_first (x + i * ldx + k, n - k) *
                      strata_vector_load_first (y + j * ldy + k, n - k);
#pragma GCC unroll 4
  for (int i = 0; i < n_x; i++)
#pragma GCC unroll 4
    for (int j = 0; j < n_y; j++)
      to[i * ld + j] += strata_vector_sum (sums[i][j]);
}

/* The same for any number of rows of @x and up to four of @y. */
STRATA_INLINE void
strata_vector_narrow (gint64       n_x,
                      int          n_y,
                      gint64       n,
                      const float *x,
                      gint64       ldx,
                      const float *y,
                      gint64       ldy,
                      float       *to,
                      gint64       ld)
{
  gint64 i = 0;

  for (; i + STRATA_VECTOR_MAX_DOTS <= n_x; i += STRATA_VECTOR_MAX_DOTS)
    {
      int j = 0;

      for (; j + 2 <= n_y; j += 2)
        strata_vector_dots (STRATA_VECTOR_MAX_DOTS, 2, n, x + i * ldx, ldx, y + j * ldy, ldy, to + i * ld + j, ld);
      if (j < n_y)
        strata_vector_dots (STRATA_VECTOR_MAX_DOTS, 1, n, x + i * ldx, ldx, y + j * ldy, ldy, to + i * ld + j, ld);
    }
  for (; i < n_x; i++)
    for (int j = 0; j < n_y; j++)
      strata_vector_dots (1, 1, n, x + i * ldx, ldx, y + j * ldy, ldy, to + i * ld + j, ld);
}

/* Negative numbers become zero; NaN stays. */
STRATA_INLINE StrataVector
strata_vector_relu (StrataVector v)
{
  return (StrataVector) ((StrataVectorMask) v & ~(v < 0.0f));
}
