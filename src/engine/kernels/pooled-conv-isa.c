/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/pooled-conv.h"
#include "kernels/vector.h"

extern const StrataPooledConvKernel STRATA_ISA_NAME (strata_pooled_conv_kernel);

/* A table is a vector made of pieces of two neighbouring lines of an image. In each channel another number of it is
 * what the tap sees from the output that was the largest of its window. */
#define LINE (STRATA_VECTOR / 2)

#if defined(__AVX512F__)

typedef __m512i Places;
typedef __mmask16 Which;

STRATA_INLINE Which
equal (StrataVector a,
       StrataVector b)
{
  return _mm512_cmp_ps_mask ((__m512) a, (__m512) b, _CMP_EQ_OQ);
}

STRATA_INLINE Places
all_at (int place)
{
  return _mm512_set1_epi32 (place);
}

STRATA_INLINE Places
choose (Which  which,
        Places yes,
        Places no)
{
  return _mm512_mask_blend_epi32 (which, no, yes);
}

STRATA_INLINE StrataVector
keep (Which        which,
      StrataVector v)
{
  return (StrataVector) _mm512_maskz_mov_ps (which, (__m512) v);
}

STRATA_INLINE StrataVector
make_table (const float *line,
            const float *next)
{
  return (StrataVector) _mm512_insertf32x8 (_mm512_castps256_ps512 (_mm256_loadu_ps (line)), _mm256_loadu_ps (next), 1);
}

STRATA_INLINE StrataVector
look_up (StrataVector table,
         Places       places)
{
  return (StrataVector) _mm512_maskz_permutexvar_ps (0xffff, places, (__m512) table);
}

#elif defined(__AVX2__)

typedef StrataVectorMask Places, Which;

STRATA_INLINE Which
equal (StrataVector a,
       StrataVector b)
{
  return a == b;
}

STRATA_INLINE Places
all_at (int place)
{
  return (Places) { 0 } + place;
}

STRATA_INLINE Places
choose (Which  which,
        Places yes,
        Places no)
{
  return (Places) _mm256_blendv_ps ((__m256) no, (__m256) yes, (__m256) which);
}

STRATA_INLINE StrataVector
keep (Which        which,
      StrataVector v)
{
  return (StrataVector) (which & (StrataVectorMask) v);
}

STRATA_INLINE StrataVector
make_table (const float *line,
            const float *next)
{
  return (StrataVector) _mm256_insertf128_ps (_mm256_castps128_ps256 (_mm_loadu_ps (line)), _mm_loadu_ps (next), 1);
}

STRATA_INLINE StrataVector
look_up (StrataVector table,
         Places       places)
{
  return (StrataVector) _mm256_permutevar8x32_ps ((__m256) table, (__m256i) places);
}

#endif

#if defined(__AVX2__)

#define MAX_SIDE 5

/* A vector of channels, from @channel on, of line @i of windows. */
STRATA_INLINE void
add_channels (const StrataPooledConvImage *image,
              gint64                       i,
              gint64                       channel,
              const int                    side)
{
  StrataVector sums[MAX_SIDE][MAX_SIDE];
  const gint64 channels = image->channels, ldx = image->ldx, line = image->y_width * channels;
  const gint64 first_window = i * image->windows[1] * channels + channel;
  const float *pooled = image->pooled + first_window, *dpooled = image->dpooled + first_window;
  const float *x = image->x + 2 * i * ldx, *y = image->y + 2 * i * line + channel;

#pragma GCC unroll 5
  for (int a = 0; a < side; a++)
#pragma GCC unroll 5
    for (int b = 0; b < side; b++)
      sums[a][b] = strata_vector_load (image->dw + (a * side + b) * channels + channel);
  for (gint64 j = 0; j < image->windows[1]; j++)
    {
      const StrataVector best = strata_vector_load (pooled);
      const Which first = equal (strata_vector_load (y), best);
      const Which second = equal (strata_vector_load (y + channels), best);
      const Which third = equal (strata_vector_load (y + line), best);
      const Which fourth = equal (strata_vector_load (y + line + channels), best);
      const StrataVector dy = keep (first | second | third | fourth, strata_vector_load (dpooled));
      const Places lower = choose (third, all_at (LINE), all_at (LINE + 1));
      Places places[MAX_SIDE];

      places[0] = choose (first, all_at (0), choose (second, all_at (1), lower));
#pragma GCC unroll 5
      for (int b = 1; b < side; b++)
        places[b] = (Places) ((StrataVectorMask) places[0] + b);
#pragma GCC unroll 5
      for (int a = 0; a < side; a++)
        {
          const StrataVector table = make_table (x + a * ldx, x + (a + 1) * ldx);

#pragma GCC unroll 5
          for (int b = 0; b < side; b++)
            sums[a][b] += look_up (table, places[b]) * dy;
        }
      x += 2;
      y += 2 * channels;
      pooled += channels;
      dpooled += channels;
    }
#pragma GCC unroll 5
  for (int a = 0; a < side; a++)
#pragma GCC unroll 5
    for (int b = 0; b < side; b++)
      strata_vector_store (image->dw + (a * side + b) * channels + channel, sums[a][b]);
}

/* Line by line, as a line of outputs stays in the first-level cache for all channels. */
STRATA_INLINE void
add_image (const StrataPooledConvImage *image,
           const int                    side)
{
  for (gint64 i = 0; i < image->windows[0]; i++)
    for (gint64 channel = 0; channel < image->channels; channel += STRATA_VECTOR)
      add_channels (image, i, channel, side);
}

static void
add_3 (const StrataPooledConvImage *image)
{
  add_image (image, 3);
}

#endif

/* A line of 5 x 5 and the neighbour across do not fit into half a vector of eight. */
#if defined(__AVX512F__)

static void
add_5 (const StrataPooledConvImage *image)
{
  add_image (image, 5);
}

#endif

const StrataPooledConvKernel STRATA_ISA_NAME (strata_pooled_conv_kernel) = {
  .vector = STRATA_VECTOR,
#if defined(__AVX2__)
  .add_3 = add_3,
#endif
#if defined(__AVX512F__)
  .add_5 = add_5,
#endif
};
