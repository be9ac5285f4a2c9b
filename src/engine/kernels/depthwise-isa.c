/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/depthwise.h"
#include "kernels/epilogue.h"
#include "kernels/isa.h"

/* Cells of a line done together, so that weights are loaded once for all. */
#define CELLS 4

extern const StrataDepthwiseKernel STRATA_ISA_NAME (strata_depthwise_kernel);

STRATA_INLINE void
forward_cells (const StrataDepthwiseLine *line,
               const float               *x,
               const float               *w,
               float                     *y,
               gint64                     at,
               gint64                     channel,
               const int                  n_cells)
{
  StrataVector sum[CELLS] = { 0 };

  for (gint64 tap = 0; tap < line->n_taps; tap++)
    {
      StrataVector weight = strata_vector_load (w + tap * line->n_channels + channel);
      const float *cell = x + line->taps[tap] + channel;

#pragma GCC unroll 4
      for (int i = 0; i < n_cells; i++)
        sum[i] += strata_vector_load (cell + i * line->step) * weight;
    }
#pragma GCC unroll 4
  for (int i = 0; i < n_cells; i++)
    strata_epilogue_store (line->epilogue, y, at + i * line->n_channels + channel, channel, sum[i]);
}

static void
forward (const StrataDepthwiseLine *line,
         const float               *x,
         const float               *w,
         float                     *y)
{
  gint64 whole = line->n_channels / STRATA_VECTOR * STRATA_VECTOR;
  gint64 s = 0;

  for (; s + CELLS <= line->length; s += CELLS)
    for (gint64 c = 0; c < whole; c += STRATA_VECTOR)
      forward_cells (line, x + s * line->step, w, y, s * line->n_channels, c, CELLS);
  for (; s < line->length; s++)
    for (gint64 c = 0; c < whole; c += STRATA_VECTOR)
      forward_cells (line, x + s * line->step, w, y, s * line->n_channels, c, 1);

  for (s = 0; s < line->length; s++)
    for (gint64 c = whole; c < line->n_channels; c++)
      {
        float sum = 0.0f;

        for (gint64 tap = 0; tap < line->n_taps; tap++)
          sum += x[s * line->step + line->taps[tap] + c] * w[tap * line->n_channels + c];
        if (line->epilogue->bias != NULL)
          sum += line->epilogue->bias[c];
        if (line->epilogue->addend != NULL)
          sum += line->epilogue->addend[s * line->n_channels + c];
        y[s * line->n_channels + c] = strata_epilogue_activate_one (line->epilogue->kind, sum);
      }
}

static void
input (const StrataDepthwiseLine *line,
       const float               *dy,
       const float               *w,
       float                     *dx)
{
  for (gint64 s = 0; s < line->length; s++, dy += line->n_channels, dx += line->step)
    for (gint64 tap = 0; tap < line->n_taps; tap++)
      {
        const float *weight = w + tap * line->n_channels;
        float *cell = dx + line->taps[tap];
        gint64 c = 0;

        for (; c + STRATA_VECTOR <= line->n_channels; c += STRATA_VECTOR)
          strata_vector_store (cell + c, strata_vector_load (cell + c) +
                                           strata_vector_load (dy + c) * strata_vector_load (weight + c));
        for (; c < line->n_channels; c++)
          cell[c] += dy[c] * weight[c];
      }
}

static void
kernel (const StrataDepthwiseLine *line,
        const float               *x,
        const float               *dy,
        float                     *dw)
{
  for (gint64 tap = 0; tap < line->n_taps; tap++)
    {
      const float *cell = x + line->taps[tap];
      float *weight = dw + tap * line->n_channels;
      gint64 c = 0;

      for (; c + STRATA_VECTOR <= line->n_channels; c += STRATA_VECTOR)
        {
          StrataVector sum = { 0 };

          for (gint64 s = 0; s < line->length; s++)
            sum += strata_vector_load (cell + s * line->step + c) * strata_vector_load (dy + s * line->n_channels + c);
          strata_vector_store (weight + c, strata_vector_load (weight + c) + sum);
        }
      for (; c < line->n_channels; c++)
        {
          float sum = 0.0f;

          for (gint64 s = 0; s < line->length; s++)
            sum += cell[s * line->step + c] * dy[s * line->n_channels + c];
          weight[c] += sum;
        }
    }
}

const StrataDepthwiseKernel STRATA_ISA_NAME (strata_depthwise_kernel) = {
  .forward = forward,
  .input = input,
  .kernel = kernel,
};
