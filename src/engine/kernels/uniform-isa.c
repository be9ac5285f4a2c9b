/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/uniform.h"
#include "kernels/vector.h"

#if defined(__SSE2__) && !defined(__AVX__)
#include <emmintrin.h>
#endif

#define N STRATA_UNIFORM_BLOCKS

typedef guint32 Words __attribute__ ((vector_size (STRATA_VECTOR * 4)));
typedef guint64 Pairs __attribute__ ((vector_size (STRATA_VECTOR * 4)));

void STRATA_ISA_NAME (strata_uniform_kernel) (guint64 key, guint64 stream, guint64 block, float *out, gsize n_groups);

/* A word as a number; it fits a signed integer, which is converted faster. */
static inline float
to_unit (guint32 word)
{
  return (gint32) (word >> 8) * 0x1p-24f;
}

/* The product of the lower word of each pair with @factor. */
STRATA_INLINE Pairs
multiply_lower (Pairs   pairs,
                guint32 factor)
{
#if defined(__AVX512F__)
  return (Pairs) _mm512_maskz_mul_epu32 (0xff, (__m512i) pairs, _mm512_set1_epi32 (factor));
#elif defined(__AVX2__)
  return (Pairs) _mm256_mul_epu32 ((__m256i) pairs, _mm256_set1_epi32 (factor));
#elif defined(__SSE2__)
  return (Pairs) _mm_mul_epu32 ((__m128i) pairs, _mm_set1_epi32 (factor));
#else
  return (pairs & 0xffffffffu) * factor;
#endif
}

/* Both words of the product of each word with @factor. */
STRATA_INLINE void
multiply (Words   words,
          guint32 factor,
          Words  *high,
          Words  *low)
{
  Pairs even = multiply_lower ((Pairs) words, factor), odd = multiply_lower ((Pairs) words >> 32, factor);

  *high = (Words) (even >> 32 | (odd & ~(guint64) 0xffffffffu));
  *low = (Words) ((even & 0xffffffffu) | odd << 32);
}

STRATA_INLINE void
run_rounds (guint64  key,
            guint32 *c0,
            guint32 *c1,
            guint32 *c2,
            guint32 *c3)
{
  guint32 k0 = (guint32) key, k1 = (guint32) (key >> 32);
  Words w0 = *(Words *) c0, w1 = *(Words *) c1, w2 = *(Words *) c2, w3 = *(Words *) c3;

#pragma GCC unroll 10
  for (int round = 0; round < 10; round++, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u)
    {
      Words high0, low0, high1, low1;

      multiply (w0, 0xD2511F53u, &high0, &low0);
      multiply (w2, 0xCD9E8D57u, &high1, &low1);
      w0 = high1 ^ w1 ^ k0;
      w1 = low1;
      w2 = high0 ^ w3 ^ k1;
      w3 = low0;
    }
  *(Words *) c0 = w0;
  *(Words *) c1 = w1;
  *(Words *) c2 = w2;
  *(Words *) c3 = w3;
}

/* strata_philox() with the words of many blocks side by side. */
void
STRATA_ISA_NAME (strata_uniform_kernel) (guint64 key,
                                         guint64 stream,
                                         guint64 block,
                                         float  *out,
                                         gsize   n_groups)
{
  _Alignas (64) guint32 c0[N], c1[N], c2[N], c3[N];

  for (gsize group = 0; group < n_groups; group++, block += N, out += 4 * N)
    {
      for (int i = 0; i < N; i++)
        {
          c0[i] = (guint32) (block + i);
          c1[i] = (guint32) ((block + i) >> 32);
          c2[i] = (guint32) stream;
          c3[i] = (guint32) (stream >> 32);
        }
      for (int i = 0; i < N; i += STRATA_VECTOR)
        run_rounds (key, c0 + i, c1 + i, c2 + i, c3 + i);
      for (int i = 0; i < N; i++)
        {
          out[4 * i] = to_unit (c0[i]);
          out[4 * i + 1] = to_unit (c1[i]);
          out[4 * i + 2] = to_unit (c2[i]);
          out[4 * i + 3] = to_unit (c3[i]);
        }
    }
}
