/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/pooling-line.h"
#include "kernels/vector.h"

extern const StrataPoolingKernel STRATA_ISA_NAME (strata_pooling_kernel);

STRATA_INLINE StrataVector
select_vector (StrataVectorMask mask,
               StrataVector     yes,
               StrataVector     no)
{
  return (StrataVector) ((mask & (StrataVectorMask) yes) | (~mask & (StrataVectorMask) no));
}

static void
max (const StrataPoolingLine *line,
     const float             *x,
     float                   *y)
{
  for (gint64 s = 0; s < line->length; s++, x += line->step, y += line->n_channels)
    {
      gint64 c = 0;

      for (; c + STRATA_VECTOR <= line->n_channels; c += STRATA_VECTOR)
        {
          StrataVector best = strata_vector_load (x + line->taps[0] + c);

          for (gint64 tap = 1; tap < line->n_taps; tap++)
            {
              StrataVector v = strata_vector_load (x + line->taps[tap] + c);

              best = select_vector (v > best, v, best);
            }
          strata_vector_store (y + c, best);
        }
      for (; c < line->n_channels; c++)
        {
          float best = x[line->taps[0] + c];

          for (gint64 tap = 1; tap < line->n_taps; tap++)
            best = x[line->taps[tap] + c] > best ? x[line->taps[tap] + c] : best;
          y[c] = best;
        }
    }
}

STRATA_INLINE void
max_backward_line (const StrataPoolingLine *line,
                   const float             *x,
                   const float             *y,
                   const float             *dy,
                   float                   *dx,
                   const gboolean           apart)
{
  for (gint64 s = 0; s < line->length; s++)
    {
      gint64 c = 0;

      for (; c + STRATA_VECTOR <= line->n_channels; c += STRATA_VECTOR)
        {
          StrataVector best = strata_vector_load (y + c);
          StrataVector left = strata_vector_load (dy + c);

          for (gint64 tap = 0; tap < line->n_taps; tap++)
            {
              StrataVectorMask here = strata_vector_load (x + line->taps[tap] + c) == best;
              StrataVector part = (StrataVector) ((StrataVectorMask) left & here);
              float *cell = dx + line->taps[tap] + c;

              strata_vector_store (cell, apart ? part : strata_vector_load (cell) + part);
              left = (StrataVector) ((StrataVectorMask) left & ~here);
            }
        }
      for (; c < line->n_channels; c++)
        {
          float left = dy[c];

          for (gint64 tap = 0; tap < line->n_taps; tap++)
            {
              gboolean here = x[line->taps[tap] + c] == y[c];
              float *cell = dx + line->taps[tap] + c;

              *cell = (apart ? 0.0f : *cell) + (here ? left : 0.0f);
              left = here ? 0.0f : left;
            }
        }
      x += line->step;
      dx += line->step;
      y += line->n_channels;
      dy += line->n_channels;
    }
}

static void
max_backward (const StrataPoolingLine *line,
              const float             *x,
              const float             *y,
              const float             *dy,
              float                   *dx)
{
  if (line->apart)
    max_backward_line (line, x, y, dy, dx, TRUE);
  else
    max_backward_line (line, x, y, dy, dx, FALSE);
}

static void
average (const StrataPoolingLine *line,
         const float             *x,
         float                   *y)
{
  const float scale = 1.0f / line->n_taps;

  for (gint64 s = 0; s < line->length; s++, x += line->step, y += line->n_channels)
    {
      gint64 c = 0;

      for (; c + STRATA_VECTOR <= line->n_channels; c += STRATA_VECTOR)
        {
          StrataVector sum = { 0 };

          for (gint64 tap = 0; tap < line->n_taps; tap++)
            sum += strata_vector_load (x + line->taps[tap] + c);
          strata_vector_store (y + c, sum * scale);
        }
      for (; c < line->n_channels; c++)
        {
          float sum = 0.0f;

          for (gint64 tap = 0; tap < line->n_taps; tap++)
            sum += x[line->taps[tap] + c];
          y[c] = sum * scale;
        }
    }
}

static void
average_backward (const StrataPoolingLine *line,
                  const float             *dy,
                  float                   *dx)
{
  const float scale = 1.0f / line->n_taps;

  for (gint64 s = 0; s < line->length; s++, dx += line->step, dy += line->n_channels)
    for (gint64 tap = 0; tap < line->n_taps; tap++)
      {
        float *cell = dx + line->taps[tap];
        gint64 c = 0;

        for (; c + STRATA_VECTOR <= line->n_channels; c += STRATA_VECTOR)
          {
            StrataVector part = strata_vector_load (dy + c) * scale;

            strata_vector_store (cell + c, line->apart ? part : strata_vector_load (cell + c) + part);
          }
        for (; c < line->n_channels; c++)
          cell[c] = (line->apart ? 0.0f : cell[c]) + dy[c] * scale;
      }
}

const StrataPoolingKernel STRATA_ISA_NAME (strata_pooling_kernel) = {
  .max = max,
  .max_backward = max_backward,
  .average = average,
  .average_backward = average_backward,
};
