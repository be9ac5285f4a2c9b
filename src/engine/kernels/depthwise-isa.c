/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/depthwise.h"
#include "kernels/epilogue.h"
#include "kernels/isa.h"

/* Cells of a line done together, so that weights are loaded once for all. */
#define CELLS 8
#define MAX_RUN 5

extern const StrataDepthwiseKernel STRATA_ISA_NAME (strata_depthwise_kernel);

/* @n_run taps at a time share what they see. */
STRATA_INLINE void
forward_cells (const StrataDepthwiseLine *line,
               const float               *x,
               const float               *w,
               float                     *y,
               gint64                     at,
               gint64                     channel,
               const int                  n_cells,
               const int                  n_run)
{
  StrataVector sum[CELLS] = { 0 };

  w += channel;
  x += channel;
  for (gint64 tap = 0; tap < line->n_taps; tap += n_run)
    {
      const float *cell = x + line->taps[tap];
      StrataVector weight[MAX_RUN];

#pragma GCC unroll 5
      for (int j = 0; j < n_run; j++, w += line->ldw)
        weight[j] = strata_vector_load (w);
#pragma GCC unroll 12
      for (int i = 0; i < n_cells + n_run - 1; i++, cell += line->step)
        {
          StrataVector seen = strata_vector_load (cell);

#pragma GCC unroll 5
          for (int j = 0; j < n_run; j++)
            if (i >= j && i - j < n_cells)
              sum[i - j] += seen * weight[j];
        }
    }
#pragma GCC unroll 8
  for (int i = 0; i < n_cells; i++)
    strata_epilogue_store (line->epilogue, y, at + i * line->ldy + channel, channel, sum[i]);
}

/* The vectors of channels of @n_cells cells from cell @s on. */
STRATA_INLINE void
forward_vectors (const StrataDepthwiseLine *line,
                 const float               *x,
                 const float               *w,
                 float                     *y,
                 gint64                     s,
                 const int                  n_cells,
                 const int                  n_run)
{
  for (gint64 c = 0; c + STRATA_VECTOR <= line->n_channels; c += STRATA_VECTOR)
    forward_cells (line, x + s * line->step, w, y, s * line->ldy, c, n_cells, n_run);
}

STRATA_INLINE void
forward_runs (const StrataDepthwiseLine *line,
              const float               *x,
              const float               *w,
              float                     *y,
              const int                  n_run)
{
  gint64 s = 0;

  for (; s + CELLS <= line->length; s += CELLS)
    forward_vectors (line, x, w, y, s, CELLS, n_run);
#define CELLS_LEFT(n) case n: forward_vectors (line, x, w, y, s, n, n_run); break;
  switch (line->length - s)
    {
      CELLS_LEFT (1)
      CELLS_LEFT (2)
      CELLS_LEFT (3)
      CELLS_LEFT (4)
      CELLS_LEFT (5)
      CELLS_LEFT (6)
      CELLS_LEFT (7)
    }
#undef CELLS_LEFT
}

/* The channels that fill no vector. */
static void
forward_rest (const StrataDepthwiseLine *line,
              const float               *x,
              const float               *w,
              float                     *y)
{
  for (gint64 s = 0; s < line->length; s++)
    for (gint64 c = line->n_channels / STRATA_VECTOR * STRATA_VECTOR; c < line->n_channels; c++)
      {
        float sum = 0.0f;

        for (gint64 tap = 0; tap < line->n_taps; tap++)
          sum += x[s * line->step + line->taps[tap] + c] * w[tap * line->ldw + c];
        if (line->epilogue->bias != NULL)
          sum += line->epilogue->bias[c];
        if (line->epilogue->addend != NULL)
          sum += line->epilogue->addend[s * line->ldy + c];
        y[s * line->ldy + c] = strata_epilogue_activate_one (line->epilogue->kind, sum);
      }
}

static void
forward (const StrataDepthwiseLine *line,
         const float               *x,
         const float               *w,
         float                     *y)
{
  if (line->n_run == 3)
    forward_runs (line, x, w, y, 3);
  else if (line->n_run == MAX_RUN)
    forward_runs (line, x, w, y, MAX_RUN);
  else
    forward_runs (line, x, w, y, 1);
  forward_rest (line, x, w, y);
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
