/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/epilogue.h"
#include "kernels/isa.h"
#include "kernels/vector.h"
#include "kernels/winograd.h"

extern const StrataWinogradKernel STRATA_ISA_NAME (strata_winograd_kernel)[2];

/* The larger transform is made of the points 0, A, -A, B, -B and infinity: with 3/4 and
 * 3/2 it rounds half as much as with the usual 1 and 2, as products stay of one size. */
#define A 0.75f
#define B 1.5f
#define A2 (A * A)
#define B2 (B * B)

#define MAX_POINTS STRATA_WINOGRAD_MAX_POINTS

/* The transforms along one dimension, for tiles of @t outputs; a tile is
 * transformed along both. @s is the step between its elements. */

STRATA_INLINE void
spread_input_1d (StrataVector *d,
                 const int     s,
                 const int     t)
{
  StrataVector d0 = d[0], d1 = d[s], d2 = d[2 * s], d3 = d[3 * s];

  if (t == 2)
    {
      d[0] = d0 - d2;
      d[s] = d1 + d2;
      d[2 * s] = d2 - d1;
      d[3 * s] = d1 - d3;
    }
  else
    {
      StrataVector d4 = d[4 * s], d5 = d[5 * s];
      StrataVector even_a = d4 - B2 * d2, odd_a = A * (d3 - B2 * d1);
      StrataVector even_b = d4 - A2 * d2, odd_b = B * (d3 - A2 * d1);

      d[0] = A2 * B2 * d0 - (A2 + B2) * d2 + d4;
      d[s] = even_a + odd_a;
      d[2 * s] = even_a - odd_a;
      d[3 * s] = even_b + odd_b;
      d[4 * s] = even_b - odd_b;
      d[5 * s] = A2 * B2 * d1 - (A2 + B2) * d3 + d5;
    }
}

STRATA_INLINE void
gather_input_1d (StrataVector *m,
                 const int     s,
                 const int     t)
{
  StrataVector m0 = m[0], m1 = m[s], m2 = m[2 * s], m3 = m[3 * s];

  if (t == 2)
    {
      m[s] = m1 - m2 + m3;
      m[2 * s] = m1 + m2 - m0;
      m[3 * s] = -m3;
    }
  else
    {
      StrataVector m5 = m[5 * s];
      StrataVector even_a = m1 + m2, odd_a = A * (m1 - m2);
      StrataVector even_b = m3 + m[4 * s], odd_b = B * (m3 - m[4 * s]);

      m[0] = A2 * B2 * m0;
      m[s] = A2 * B2 * m5 - B2 * odd_a - A2 * odd_b;
      m[2 * s] = -(A2 + B2) * m0 - B2 * even_a - A2 * even_b;
      m[3 * s] = odd_a + odd_b - (A2 + B2) * m5;
      m[4 * s] = m0 + even_a + even_b;
    }
}

STRATA_INLINE void
gather_output_1d (StrataVector *m,
                  const int     s,
                  const int     t)
{
  StrataVector m0 = m[0], m1 = m[s], m2 = m[2 * s], m3 = m[3 * s];

  if (t == 2)
    {
      m[0] = m0 + m1 + m2;
      m[s] = m1 - m2 - m3;
    }
  else
    {
      StrataVector even_a = m1 + m2, odd_a = m1 - m2;
      StrataVector even_b = m3 + m[4 * s], odd_b = m3 - m[4 * s];

      m[0] = m0 + even_a + even_b;
      m[s] = A * odd_a + B * odd_b;
      m[2 * s] = A2 * even_a + B2 * even_b;
      m[3 * s] = A * A2 * odd_a + B * B2 * odd_b + m[5 * s];
    }
}

STRATA_INLINE void
spread_output_1d (StrataVector *m,
                  const int     s,
                  const int     t)
{
  StrataVector y0 = m[0], y1 = m[s];

  if (t == 2)
    {
      m[s] = y0 + y1;
      m[2 * s] = y0 - y1;
      m[3 * s] = -y1;
    }
  else
    {
      StrataVector y2 = m[2 * s], y3 = m[3 * s];
      StrataVector even_a = y0 + A2 * y2, odd_a = A * y1 + A * A2 * y3;
      StrataVector even_b = y0 + B2 * y2, odd_b = B * y1 + B * B2 * y3;

      m[s] = even_a + odd_a;
      m[2 * s] = even_a - odd_a;
      m[3 * s] = even_b + odd_b;
      m[4 * s] = even_b - odd_b;
      m[5 * s] = y3;
    }
}

STRATA_INLINE void
spread_weights_1d (StrataVector *g,
                   const int     s,
                   const int     t)
{
  StrataVector g0 = g[0], g1 = g[s], g2 = g[2 * s];

  if (t == 2)
    {
      g[s] = 0.5f * (g0 + g1 + g2);
      g[2 * s] = 0.5f * (g0 - g1 + g2);
      g[3 * s] = g2;
    }
  else
    {
      const float scale_a = 0.5f / (A2 * (A2 - B2)), scale_b = 0.5f / (B2 * (B2 - A2));
      StrataVector even_a = scale_a * (g0 + A2 * g2), odd_a = scale_a * A * g1;
      StrataVector even_b = scale_b * (g0 + B2 * g2), odd_b = scale_b * B * g1;

      g[0] = g0 * (1.0f / (A2 * B2));
      g[s] = even_a + odd_a;
      g[2 * s] = even_a - odd_a;
      g[3 * s] = even_b + odd_b;
      g[4 * s] = even_b - odd_b;
      g[5 * s] = g2;
    }
}

STRATA_INLINE void
gather_weights_1d (StrataVector *u,
                   const int     s,
                   const int     t)
{
  StrataVector u0 = u[0], u1 = u[s], u2 = u[2 * s], u3 = u[3 * s];

  if (t == 2)
    {
      u[0] = u0 + 0.5f * (u1 + u2);
      u[s] = 0.5f * (u1 - u2);
      u[2 * s] = 0.5f * (u1 + u2) + u3;
    }
  else
    {
      const float scale_a = 0.5f / (A2 * (A2 - B2)), scale_b = 0.5f / (B2 * (B2 - A2));
      StrataVector even_a = scale_a * (u1 + u2), odd_a = scale_a * (u1 - u2);
      StrataVector even_b = scale_b * (u3 + u[4 * s]), odd_b = scale_b * (u3 - u[4 * s]);

      u[0] = u0 * (1.0f / (A2 * B2)) + even_a + even_b;
      u[s] = A * odd_a + B * odd_b;
      u[2 * s] = A2 * even_a + B2 * even_b + u[5 * s];
    }
}

/* What is transformed: to what a product is made of, and back, by the transposes. */
typedef enum
{
  SPREAD_INPUT,
  GATHER_INPUT,
  SPREAD_OUTPUT,
  GATHER_OUTPUT,
  SPREAD_WEIGHTS,
  GATHER_WEIGHTS,
} Transform;

STRATA_INLINE void
transform_1d (const Transform transform,
              StrataVector   *d,
              const int       s,
              const int       t)
{
  switch (transform)
    {
    case SPREAD_INPUT:
      spread_input_1d (d, s, t);
      break;
    case GATHER_INPUT:
      gather_input_1d (d, s, t);
      break;
    case SPREAD_OUTPUT:
      spread_output_1d (d, s, t);
      break;
    case GATHER_OUTPUT:
      gather_output_1d (d, s, t);
      break;
    case SPREAD_WEIGHTS:
      spread_weights_1d (d, s, t);
      break;
    case GATHER_WEIGHTS:
      gather_weights_1d (d, s, t);
      break;
    }
}

/* Cells of a tile, and which rows and columns of it there are where it reaches beyond an image. */
typedef struct
{
  float *at;
  gint64 line, column;
  int rows[2], columns[2];
} Grid;

STRATA_INLINE gboolean
has_cell (const Grid *grid,
          int         row,
          int         column)
{
  return row >= grid->rows[0] && row < grid->rows[1] && column >= grid->columns[0] && column < grid->columns[1];
}

STRATA_INLINE StrataVector
load_cell (const Transform transform,
           const Grid     *from,
           int             row,
           int             column,
           gint64          channel)
{
  if (transform == SPREAD_OUTPUT && !has_cell (from, row, column))
    return (StrataVector) { 0 };
  return strata_vector_load (from->at + row * from->line + column * from->column + channel);
}

STRATA_INLINE void
store_cell (const Transform       transform,
            const Grid           *to,
            int                   row,
            int                   column,
            gint64                channel,
            StrataVector          v,
            const StrataEpilogue *epilogue)
{
  gint64 at = row * to->line + column * to->column + channel;

  if ((transform == GATHER_OUTPUT || transform == GATHER_INPUT) && !has_cell (to, row, column))
    return;
  if (transform == GATHER_OUTPUT)
    strata_epilogue_store (epilogue, to->at, at, channel, v);
  else
    strata_vector_store (to->at + at, transform == GATHER_INPUT ? strata_vector_load (to->at + at) + v : v);
}

/* Down the columns of @n_from by @n_from cells, and along the rows of what they become, @n_to by @n_to cells. */
STRATA_INLINE void
run (const Transform       transform,
     const int             t,
     const int             n_from,
     const Grid           *from,
     const int             n_to,
     const Grid           *to,
     gint64                n_channels,
     const StrataEpilogue *epilogue)
{
  const int n = t + 2;

  for (gint64 c = 0; c < n_channels; c += STRATA_VECTOR)
    {
      StrataVector d[MAX_POINTS];

#pragma GCC unroll 6
      for (int column = 0; column < n_from; column++)
        {
#pragma GCC unroll 6
          for (int row = 0; row < n_from; row++)
            d[row * n + column] = load_cell (transform, from, row, column, c);
          transform_1d (transform, d + column, n, t);
        }
#pragma GCC unroll 6
      for (int row = 0; row < n_to; row++)
        {
          transform_1d (transform, d + row * n, 1, t);
#pragma GCC unroll 6
          for (int column = 0; column < n_to; column++)
            store_cell (transform, to, row, column, c, d[row * n + column], epilogue);
        }
    }
}

/* The numbers of a transform of tiles of @t outputs, which are @stride apart. */
#define POINTS(p, stride, t) (&(Grid){ .at = (float *) (p), .line = ((t) + 2) * (stride), .column = (stride) })
#define CELLS(p, line_, column_, ...) \
  (&(Grid){ .at = (float *) (p), .line = (line_), .column = (column_), __VA_ARGS__ })

#define TRANSFORMS(t)                                                                                                \
  static void spread_input_##t (const float *x, gint64 line, gint64 n, float *v, gint64 stride)                      \
  {                                                                                                                  \
    run (SPREAD_INPUT, t, t + 2, CELLS (x, line, n, ), t + 2, POINTS (v, stride, t), n, NULL);                       \
  }                                                                                                                  \
  static void gather_input_##t (const float *v, gint64 stride, gint64 n, float *x, gint64 line, const int rows[2],   \
                                const int columns[2])                                                                \
  {                                                                                                                  \
    run (GATHER_INPUT, t, t + 2, POINTS (v, stride, t), t + 2,                                                       \
         CELLS (x, line, n, .rows = { rows[0], rows[1] }, .columns = { columns[0], columns[1] }), n, NULL);          \
  }                                                                                                                  \
  static void gather_output_##t (const float *m, gint64 stride, gint64 n, const StrataEpilogue *epilogue, float *y,  \
                                 gint64 line, int n_rows, int n_columns)                                             \
  {                                                                                                                  \
    run (GATHER_OUTPUT, t, t + 2, POINTS (m, stride, t), t,                                                          \
         CELLS (y, line, n, .rows = { 0, n_rows }, .columns = { 0, n_columns }), n, epilogue);                       \
  }                                                                                                                  \
  static void spread_output_##t (const float *dy, gint64 line, int n_rows, int n_columns, gint64 n, float *m,        \
                                 gint64 stride)                                                                      \
  {                                                                                                                  \
    run (SPREAD_OUTPUT, t, t, CELLS (dy, line, n, .rows = { 0, n_rows }, .columns = { 0, n_columns }), t + 2,        \
         POINTS (m, stride, t), n, NULL);                                                                            \
  }                                                                                                                  \
  static void spread_weights_##t (const float *w, gint64 tap, gint64 n, float *u, gint64 stride)                     \
  {                                                                                                                  \
    run (SPREAD_WEIGHTS, t, 3, CELLS (w, 3 * tap, tap, ), t + 2, POINTS (u, stride, t), n, NULL);                    \
  }                                                                                                                  \
  static void gather_weights_##t (const float *u, gint64 stride, gint64 n, float *w, gint64 tap)                     \
  {                                                                                                                  \
    run (GATHER_WEIGHTS, t, t + 2, POINTS (u, stride, t), 3, CELLS (w, 3 * tap, tap, ), n, NULL);                    \
  }

TRANSFORMS (2)
TRANSFORMS (4)

#define KERNEL(t)                                                                                                    \
  {                                                                                                                  \
    t, (t + 2) * (t + 2), spread_input_##t, gather_input_##t, gather_output_##t, spread_output_##t,                  \
    spread_weights_##t, gather_weights_##t                                                                           \
  }

const StrataWinogradKernel STRATA_ISA_NAME (strata_winograd_kernel)[2] = { KERNEL (2), KERNEL (4) };
