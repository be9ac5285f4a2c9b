/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/naive.h"

#include <math.h>
#include <string.h>

/* @at: which of the results, in channel @column */
static float
finish (double                sum,
        gint64                at,
        gint64                column,
        const StrataEpilogue *epilogue)
{
  if (epilogue == NULL)
    return sum;
  sum += epilogue->bias != NULL ? epilogue->bias[column] : 0.0;
  sum += epilogue->addend != NULL ? epilogue->addend[at] : 0.0;
  switch (epilogue->kind)
    {
    case STRATA_EPILOGUE_RELU:
      return sum < 0.0 ? 0.0 : sum;
    case STRATA_EPILOGUE_RELU6:
      return CLAMP (sum, 0.0, 6.0);
    case STRATA_EPILOGUE_SILU:
      return sum / (1.0 + exp (-sum));
    default:
      return sum;
    }
}

void
strata_naive_gemm (gboolean              trans_a,
                   gboolean              trans_b,
                   gint64                m,
                   gint64                n,
                   gint64                k,
                   const float          *a,
                   gint64                lda,
                   const float          *b,
                   gint64                ldb,
                   float                 beta,
                   float                *c,
                   gint64                ldc,
                   const StrataEpilogue *epilogue)
{
  gint64 step_a = trans_a ? lda : 1, step_b = trans_b ? 1 : ldb;

  for (gint64 i = 0; i < m; i++)
    for (gint64 j = 0; j < n; j++)
      {
        double sum = beta != 0.0f ? (double) beta * c[i * ldc + j] : 0.0;
        gint64 at_a = i * (trans_a ? 1 : lda), at_b = j * (trans_b ? ldb : 1);

        for (gint64 l = 0; l < k; l++, at_a += step_a, at_b += step_b)
          sum += (double) a[at_a] * b[at_b];
        c[i * ldc + j] = finish (sum, i * ldc + j, j, epilogue);
      }
}

static gint64
count (const gint64 *sizes,
       int           nd)
{
  gint64 n = 1;

  for (int d = 0; d < nd; d++)
    n *= sizes[d];
  return n;
}

/* The cell of the input that cell @tap of the window at output @position sees, or -1 if it is padding. */
static gint64
find_cell (int           nd,
           const gint64 *in,
           const gint64 *out,
           const gint64 *window,
           const gint64 *stride,
           const gint64 *dilation,
           const gint64 *pad,
           gint64        position,
           gint64        tap)
{
  gint64 cell = 0, unit = 1;

  for (int d = nd - 1; d >= 0; d--)
    {
      gint64 at = position % out[d] * stride[d] + tap % window[d] * (dilation != NULL ? dilation[d] : 1) - pad[d];

      position /= out[d];
      tap /= window[d];
      if (at < 0 || at >= in[d])
        return -1;
      cell += at * unit;
      unit *= in[d];
    }
  return cell;
}

/* Two factors and the sums of their products. */
typedef struct
{
  const float *a, *b;
  double *sum;
} Products;

/* Adds up what meets at one number of the input and @n neighbours each of kernel and output. */
typedef void (*Visit) (const Products *products, gint64 x, gint64 w, gint64 y, gint64 n);

/* Calls @visit for all (sample and position, tap, input channel, output channels of its group) that meet. */

static void
visit_conv (const StrataConvShape *shape,
            Visit                  visit,
            const Products        *products)
{
  gint64 n_in = count (shape->in, shape->nd), n_out = count (shape->out, shape->nd);
  gint64 n_taps = count (shape->kernel, shape->nd);
  gint64 group_in = shape->in_channels / shape->groups, group_out = shape->out_channels / shape->groups;

  for (gint64 p = 0; p < shape->batch * n_out; p++)
    for (gint64 tap = 0; tap < n_taps; tap++)
      {
        gint64 cell = find_cell (shape->nd, shape->in, shape->out, shape->kernel, shape->stride, shape->dilation,
                                 shape->pad, p % n_out, tap);

        if (cell < 0)
          continue;
        cell += p / n_out * n_in;
        for (gint64 i = 0; i < shape->in_channels; i++)
          {
            gint64 o = i / group_in * group_out;

            visit (products, cell * shape->in_channels + i, (tap * group_in + i % group_in) * shape->out_channels + o,
                   p * shape->out_channels + o, group_out);
          }
      }
}

static void
add_scaled (double      *sum,
            float        scale,
            const float *numbers,
            gint64       n)
{
  for (gint64 i = 0; i < n; i++)
    sum[i] += (double) scale * numbers[i];
}

static void
visit_y (const Products *products,
         gint64          x,
         gint64          w,
         gint64          y,
         gint64          n)
{
  add_scaled (products->sum + y, products->a[x], products->b + w, n);
}

static void
visit_x (const Products *products,
         gint64          x,
         gint64          w,
         gint64          y,
         gint64          n)
{
  const float *a = products->a + y, *b = products->b + w;
  double sum = 0.0;

  for (gint64 i = 0; i < n; i++)
    sum += (double) a[i] * b[i];
  products->sum[x] += sum;
}

static void
visit_w (const Products *products,
         gint64          x,
         gint64          w,
         gint64          y,
         gint64          n)
{
  add_scaled (products->sum + w, products->a[x], products->b + y, n);
}

static void
sum_conv (const StrataConvShape *shape,
          Visit                  visit,
          const float           *a,
          const float           *b,
          float                 *to,
          gint64                 n,
          const StrataEpilogue  *epilogue)
{
  g_autofree double *sum = g_new0 (double, n);
  Products products = { a, b, sum };

  visit_conv (shape, visit, &products);
  for (gint64 i = 0; i < n; i++)
    to[i] = finish (sum[i], i, i % shape->out_channels, epilogue);
}

void
strata_naive_conv_forward (const StrataConvShape *shape,
                           const float           *x,
                           const float           *w,
                           float                 *y,
                           const StrataEpilogue  *epilogue)
{
  sum_conv (shape, visit_y, x, w, y, shape->batch * count (shape->out, shape->nd) * shape->out_channels, epilogue);
}

void
strata_naive_conv_backward_input (const StrataConvShape *shape,
                                  const float           *dy,
                                  const float           *w,
                                  float                 *dx)
{
  sum_conv (shape, visit_x, dy, w, dx, shape->batch * count (shape->in, shape->nd) * shape->in_channels, NULL);
}

void
strata_naive_conv_backward_kernel (const StrataConvShape *shape,
                                   const float           *x,
                                   const float           *dy,
                                   float                 *dw)
{
  sum_conv (shape, visit_w, x, dy, dw,
            count (shape->kernel, shape->nd) * (shape->in_channels / shape->groups) * shape->out_channels, NULL);
}

/* The input cells of the window at output @index (over samples, positions and
 * channels), in order; returns how many. */
static gint64
find_window (const StrataPoolingShape *shape,
             gint64                    index,
             gint64                   *cells)
{
  gint64 n_in = count (shape->in, shape->nd), n_out = count (shape->out, shape->nd);
  gint64 position = index / shape->channels;
  gint64 n = 0;

  for (gint64 tap = 0; tap < count (shape->window, shape->nd); tap++)
    {
      gint64 cell = find_cell (shape->nd, shape->in, shape->out, shape->window, shape->stride, NULL, shape->pad,
                               position % n_out, tap);

      if (cell >= 0)
        cells[n++] = (position / n_out * n_in + cell) * shape->channels + index % shape->channels;
    }
  return n;
}

static gint64
find_max (const float  *x,
          const gint64 *cells,
          gint64        n)
{
  gint64 best = 0;

  for (gint64 i = 1; i < n; i++)
    if (x[cells[i]] > x[cells[best]])
      best = i;
  return cells[best];
}

static void
pool (const StrataPoolingShape *shape,
      gboolean                  max,
      const float              *x,
      float                    *y)
{
  g_autofree gint64 *cells = g_new (gint64, count (shape->window, shape->nd));

  for (gint64 i = 0; i < shape->batch * count (shape->out, shape->nd) * shape->channels; i++)
    {
      gint64 n = find_window (shape, i, cells);
      double sum = 0.0;

      for (gint64 j = 0; j < n; j++)
        sum += x[cells[j]];
      y[i] = max ? x[find_max (x, cells, n)] : sum / n;
    }
}

static void
pool_backward (const StrataPoolingShape *shape,
               const float              *x,
               const float              *dy,
               float                    *dx)
{
  g_autofree gint64 *cells = g_new (gint64, count (shape->window, shape->nd));

  memset (dx, 0, shape->batch * count (shape->in, shape->nd) * shape->channels * sizeof (float));
  for (gint64 i = 0; i < shape->batch * count (shape->out, shape->nd) * shape->channels; i++)
    {
      gint64 n = find_window (shape, i, cells);

      if (x != NULL)
        dx[find_max (x, cells, n)] += dy[i];
      else
        for (gint64 j = 0; j < n; j++)
          dx[cells[j]] += dy[i] / n;
    }
}

void
strata_naive_pooling_max (const StrataPoolingShape *shape,
                          const float              *x,
                          float                    *y)
{
  pool (shape, TRUE, x, y);
}

void
strata_naive_pooling_max_backward (const StrataPoolingShape *shape,
                                   const float              *x,
                                   const float              *dy,
                                   float                    *dx)
{
  pool_backward (shape, x, dy, dx);
}

void
strata_naive_pooling_average (const StrataPoolingShape *shape,
                              const float              *x,
                              float                    *y)
{
  pool (shape, FALSE, x, y);
}

void
strata_naive_pooling_average_backward (const StrataPoolingShape *shape,
                                       const float              *dy,
                                       float                    *dx)
{
  pool_backward (shape, NULL, dy, dx);
}
