/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/pooled-conv.h"
#include "kernels/vector.h"

extern const StrataPooledConvKernel STRATA_ISA_NAME (strata_pooled_conv_kernel);

/* A table is a vector made of pieces of two neighbouring lines of an image. In each channel another number of it is
 * what the tap sees from the output that was the largest of its window. */
#define LINE (STRATA_VECTOR / 2)
#define SIDE STRATA_POOLED_CONV_SIDE

#if defined(__AVX512F__)

typedef __m512i Places;
typedef __mmask16 Which;

STRATA_INLINE Which
equal (StrataVector a,
       StrataVector b)
{
  return _mm512_cmp_ps_mask ((__m512) a, (__m512) b, _CMP_EQ_OQ);
}

STRATA_INLINE Which
greater (StrataVector a,
         StrataVector b)
{
  return _mm512_cmp_ps_mask ((__m512) a, (__m512) b, _CMP_GT_OQ);
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

#else

typedef StrataVectorMask Places, Which;

STRATA_INLINE Which
equal (StrataVector a,
       StrataVector b)
{
  return a == b;
}

STRATA_INLINE Which
greater (StrataVector a,
         StrataVector b)
{
  return a > b;
}

STRATA_INLINE Places
choose (Which  which,
        Places yes,
        Places no)
{
#if defined(__AVX2__)
  return (Places) _mm256_blendv_ps ((__m256) no, (__m256) yes, (__m256) which);
#else
  return (which & yes) | (~which & no);
#endif
}

STRATA_INLINE StrataVector
keep (Which        which,
      StrataVector v)
{
  return (StrataVector) (which & (StrataVectorMask) v);
}

#if defined(__AVX2__)

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

#endif

STRATA_INLINE Places
all_at (int place)
{
  return (Places) ((StrataVectorMask) { 0 } + place);
}

/* Of four outputs of each channel, which @largest is, the first one where there are several. */
STRATA_INLINE Places
find_largest (const StrataVector sums[4],
              StrataVector      *largest)
{
  Places cell = all_at (0);

  *largest = sums[0];
#pragma GCC unroll 3
  for (int i = 1; i < 4; i++)
    {
      const Which which = greater (sums[i], *largest);

      *largest = (StrataVector) choose (which, (Places) sums[i], (Places) *largest);
      cell = choose (which, all_at (i), cell);
    }
  return cell;
}

/* A vector of channels, from @channel on, of line @i of windows. */
STRATA_INLINE void
convolve_channels (const StrataPooledConvForward *forward,
                   gint64                         i,
                   gint64                         channel)
{
  const gint64 channels = forward->channels, ldx = forward->ldx, first = i * forward->windows[1] * channels + channel;
  const float *x = forward->x + 2 * i * ldx;
  float *pooled = forward->pooled + first;
  gint32 *cells = forward->cells + first;
  StrataVector w[SIDE * SIDE];

#pragma GCC unroll 9
  for (int tap = 0; tap < SIDE * SIDE; tap++)
    w[tap] = strata_vector_load (forward->w + tap * channels + channel);
  for (gint64 j = 0; j < forward->windows[1]; j++, x += 2, pooled += channels, cells += channels)
    {
      StrataVector sums[4] = { 0 }, largest;
      Places cell;

#pragma GCC unroll 4
      for (int a = 0; a < SIDE + 1; a++)
#pragma GCC unroll 4
        for (int b = 0; b < SIDE + 1; b++)
          {
            const float number = x[a * ldx + b];

#pragma GCC unroll 4
            for (int at = 0; at < 4; at++)
              {
                const int down = a - at / 2, across = b - at % 2;

                if (down >= 0 && down < SIDE && across >= 0 && across < SIDE)
                  sums[at] += number * w[down * SIDE + across];
              }
          }
#pragma GCC unroll 4
      for (int at = 0; at < 4; at++)
        {
          if (forward->bias != NULL)
            sums[at] += strata_vector_load (forward->bias + channel);
          if (forward->relu)
            sums[at] = strata_vector_relu (sums[at]);
        }
      cell = find_largest (sums, &largest);
      strata_vector_store (pooled, largest);
      strata_vector_store ((float *) cells, (StrataVector) cell);
    }
}

static void
convolve (const StrataPooledConvForward *forward)
{
  for (gint64 i = 0; i < forward->windows[0]; i++)
    for (gint64 channel = 0; channel < forward->channels; channel += STRATA_VECTOR)
      convolve_channels (forward, i, channel);
}

#if defined(__AVX2__)

#define MAX_SIDE 5

/* Where in a table the largest output of a window is, and its gradient, by what pooling left. */
STRATA_INLINE Places
find_gradient (const StrataPooledConvImage *image,
               const float                 *y,
               gint64                       at,
               StrataVector                *dy)
{
  const gint64 channels = image->channels, line = image->y_width * channels;
  const StrataVector best = strata_vector_load (image->pooled + at);
  const Which first = equal (strata_vector_load (y), best);
  const Which second = equal (strata_vector_load (y + channels), best);
  const Which third = equal (strata_vector_load (y + line), best);
  const Which fourth = equal (strata_vector_load (y + line + channels), best);
  const Places lower = choose (third, all_at (LINE), all_at (LINE + 1));

  *dy = keep (first | second | third | fourth, strata_vector_load (image->dpooled + at));
  return choose (first, all_at (0), choose (second, all_at (1), lower));
}

/* The same where it is known which one it is. */
STRATA_INLINE Places
take_gradient (const StrataPooledConvImage *image,
               gint64                       at,
               StrataVector                *dy)
{
  const StrataVectorMask cell = (StrataVectorMask) strata_vector_load ((const float *) image->cells + at);

  *dy = strata_vector_load (image->dpooled + at);
  return (Places) ((cell & 1) + (cell >> 1) * LINE);
}

/* A vector of channels, from @channel on, of line @i of windows. */
STRATA_INLINE void
add_channels (const StrataPooledConvImage *image,
              gint64                       i,
              gint64                       channel,
              const int                    side,
              const gboolean               known)
{
  StrataVector sums[MAX_SIDE][MAX_SIDE];
  const gint64 channels = image->channels, ldx = image->ldx;
  const float *x = image->x + 2 * i * ldx;
  gint64 y = 2 * i * image->y_width * channels + channel;
  gint64 at = i * image->windows[1] * channels + channel;

#pragma GCC unroll 5
  for (int a = 0; a < side; a++)
#pragma GCC unroll 5
    for (int b = 0; b < side; b++)
      sums[a][b] = strata_vector_load (image->dw + (a * side + b) * channels + channel);
  for (gint64 j = 0; j < image->windows[1]; j++, x += 2, y += 2 * channels, at += channels)
    {
      StrataVector dy;
      Places places[MAX_SIDE];

      places[0] = known ? take_gradient (image, at, &dy) : find_gradient (image, image->y + y, at, &dy);
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
           const int                    side,
           const gboolean               known)
{
  for (gint64 i = 0; i < image->windows[0]; i++)
    for (gint64 channel = 0; channel < image->channels; channel += STRATA_VECTOR)
      add_channels (image, i, channel, side, known);
}

static void
add_3 (const StrataPooledConvImage *image)
{
  add_image (image, SIDE, FALSE);
}

static void
add_cells (const StrataPooledConvImage *image)
{
  add_image (image, SIDE, TRUE);
}

#else

static void
add_cells (const StrataPooledConvImage *image)
{
  const gint64 channels = image->channels, ldx = image->ldx;
  const gint32 *cells = image->cells;
  const float *dy = image->dpooled;

  for (gint64 i = 0; i < image->windows[0]; i++)
    for (gint64 j = 0; j < image->windows[1]; j++, cells += channels, dy += channels)
      for (gint64 channel = 0; channel < channels; channel++)
        {
          const float *x = image->x + (2 * i + cells[channel] / 2) * ldx + 2 * j + cells[channel] % 2;

#pragma GCC unroll 9
          for (int tap = 0; tap < SIDE * SIDE; tap++)
            image->dw[tap * channels + channel] += x[tap / SIDE * ldx + tap % SIDE] * dy[channel];
        }
}

#endif

/* A line of 5 x 5 and the neighbour across do not fit into half a vector of eight. */
#if defined(__AVX512F__)

static void
add_5 (const StrataPooledConvImage *image)
{
  add_image (image, 5, FALSE);
}

#endif

const StrataPooledConvKernel STRATA_ISA_NAME (strata_pooled_conv_kernel) = {
  .vector = STRATA_VECTOR,
  .convolve = convolve,
  .add_cells = add_cells,
#if defined(__AVX2__)
  .add_3 = add_3,
#endif
#if defined(__AVX512F__)
  .add_5 = add_5,
#endif
};
