/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/isa.h"
#include "kernels/vector.h"
#include "kernels/winograd.h"

extern const StrataWinogradKernel STRATA_ISA_NAME (strata_winograd_kernel);

/* The transforms along one dimension; a tile is transformed along both. @s is
 * the step between its elements. */

STRATA_INLINE void
spread_input_1d (StrataVector *d,
                 const int     s)
{
  StrataVector d0 = d[0], d1 = d[s], d2 = d[2 * s], d3 = d[3 * s];

  d[0] = d0 - d2;
  d[s] = d1 + d2;
  d[2 * s] = d2 - d1;
  d[3 * s] = d1 - d3;
}

STRATA_INLINE void
gather_output_1d (StrataVector *m,
                  const int     s)
{
  StrataVector m0 = m[0], m1 = m[s], m2 = m[2 * s], m3 = m[3 * s];

  m[0] = m0 + m1 + m2;
  m[s] = m1 - m2 - m3;
}

STRATA_INLINE void
spread_output_1d (StrataVector *m,
                  const int     s)
{
  StrataVector y0 = m[0], y1 = m[s];

  m[s] = y0 + y1;
  m[2 * s] = y0 - y1;
  m[3 * s] = -y1;
}

STRATA_INLINE void
spread_weights_1d (StrataVector *g,
                   const int     s)
{
  StrataVector g0 = g[0], g1 = g[s], g2 = g[2 * s];

  g[s] = 0.5f * (g0 + g1 + g2);
  g[2 * s] = 0.5f * (g0 - g1 + g2);
  g[3 * s] = g2;
}

STRATA_INLINE void
gather_weights_1d (StrataVector *u,
                   const int     s)
{
  StrataVector u0 = u[0], u1 = u[s], u2 = u[2 * s], u3 = u[3 * s];

  u[0] = u0 + 0.5f * (u1 + u2);
  u[s] = 0.5f * (u1 - u2);
  u[2 * s] = 0.5f * (u1 + u2) + u3;
}

static void
spread_input (const float *x,
              gint64       line,
              gint64       n_channels,
              float       *v,
              gint64       stride)
{
  for (gint64 c = 0; c < n_channels; c += STRATA_VECTOR)
    {
      StrataVector d[STRATA_WINOGRAD_POINTS];

#pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        d[i] = strata_vector_load (x + i / 4 * line + i % 4 * n_channels + c);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        spread_input_1d (d + 4 * i, 1);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        spread_input_1d (d + i, 4);
#pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        strata_vector_store (v + i * stride + c, d[i]);
    }
}

STRATA_INLINE StrataVector
finish (StrataVector          v,
        const StrataEpilogue *epilogue,
        gint64                channel)
{
  if (epilogue->bias != NULL)
    v += strata_vector_load (epilogue->bias + channel);
  if (epilogue->kind == STRATA_EPILOGUE_RELU)
    v = strata_vector_relu (v);
  return v;
}

static void
gather_output (const float          *m,
               gint64                stride,
               gint64                n_channels,
               const StrataEpilogue *epilogue,
               float                *y,
               gint64                line,
               int                   n_rows,
               int                   n_columns)
{
  for (gint64 c = 0; c < n_channels; c += STRATA_VECTOR)
    {
      StrataVector t[STRATA_WINOGRAD_POINTS];

#pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        t[i] = strata_vector_load (m + i * stride + c);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        gather_output_1d (t + i, 4);
#pragma GCC unroll 2
      for (int i = 0; i < 2; i++)
        gather_output_1d (t + 4 * i, 1);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        if (i / 2 < n_rows && i % 2 < n_columns)
          strata_vector_store (y + i / 2 * line + i % 2 * n_channels + c, finish (t[i / 2 * 4 + i % 2], epilogue, c));
    }
}

static void
spread_output (const float *dy,
               gint64       line,
               int          n_rows,
               int          n_columns,
               gint64       n_channels,
               float       *m,
               gint64       stride)
{
  for (gint64 c = 0; c < n_channels; c += STRATA_VECTOR)
    {
      StrataVector t[STRATA_WINOGRAD_POINTS];

#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        t[i / 2 * 4 + i % 2] = i / 2 < n_rows && i % 2 < n_columns
                                 ? strata_vector_load (dy + i / 2 * line + i % 2 * n_channels + c)
                                 : (StrataVector) { 0 };
#pragma GCC unroll 2
      for (int i = 0; i < 2; i++)
        spread_output_1d (t + 4 * i, 1);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        spread_output_1d (t + i, 4);
#pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        strata_vector_store (m + i * stride + c, t[i]);
    }
}

static void
spread_weights (const float *w,
                gint64       tap,
                gint64       n,
                float       *u,
                gint64       stride)
{
  for (gint64 j = 0; j < n; j += STRATA_VECTOR)
    {
      StrataVector g[STRATA_WINOGRAD_POINTS];

#pragma GCC unroll 9
      for (int i = 0; i < 9; i++)
        g[i / 3 * 4 + i % 3] = strata_vector_load (w + i * tap + j);
#pragma GCC unroll 3
      for (int i = 0; i < 3; i++)
        spread_weights_1d (g + 4 * i, 1);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        spread_weights_1d (g + i, 4);
#pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        strata_vector_store (u + i * stride + j, g[i]);
    }
}

static void
gather_weights (const float *u,
                gint64       stride,
                gint64       n,
                float       *w,
                gint64       tap)
{
  for (gint64 j = 0; j < n; j += STRATA_VECTOR)
    {
      StrataVector g[STRATA_WINOGRAD_POINTS];

#pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        g[i] = strata_vector_load (u + i * stride + j);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++)
        gather_weights_1d (g + i, 4);
#pragma GCC unroll 3
      for (int i = 0; i < 3; i++)
        gather_weights_1d (g + 4 * i, 1);
#pragma GCC unroll 9
      for (int i = 0; i < 9; i++)
        strata_vector_store (w + i * tap + j, g[i / 3 * 4 + i % 3]);
    }
}

const StrataWinogradKernel STRATA_ISA_NAME (strata_winograd_kernel) = {
  .spread_input = spread_input,
  .gather_output = gather_output,
  .spread_output = spread_output,
  .spread_weights = spread_weights,
  .gather_weights = gather_weights,
};
