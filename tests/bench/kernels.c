/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/blas.h"
#include "kernels/conv.h"
#include "kernels/expanded-conv.h"
#include "kernels/isa.h"
#include "kernels/peak.h"
#include "kernels/pooling.h"
#include "kernels/recurrent.h"
#include "tensor/pool.h"

#include <stdio.h>
#include <string.h>

/* GFLOP/s of the kernels on one thread and on all, with their share of the
 * peak, which is what the micro-kernel does on data in the nearest cache. */

#define MIN_MICROSECONDS 1500
#define N_TRIES 40

typedef void (*Run) (gconstpointer data);

/* The seconds of the fastest of some tries. */
static double
measure (Run           run,
         gconstpointer data)
{
  double best = G_MAXDOUBLE;

  run (data);
  for (int try = 0; try < N_TRIES; try++)
    {
      gint64 start = g_get_monotonic_time (), taken;
      int n = 0;

      do
        {
          run (data);
          n++;
          taken = g_get_monotonic_time () - start;
        }
      while (taken < MIN_MICROSECONDS);
      best = MIN (best, taken * 1e-6 / n);
    }
  return best;
}

static float *
make_numbers (gsize n)
{
  float *numbers = g_aligned_alloc (n, sizeof (float), 64);

  for (gsize i = 0; i < n; i++)
    numbers[i] = g_random_double_range (-1, 1);
  return numbers;
}

/* GFLOP/s of one thread and of all. */
static double peaks[2];

static void
measure_both (Run           run,
              gconstpointer data,
              double        seconds[2])
{
  strata_pool_set_n_threads (1);
  seconds[0] = measure (run, data);
  strata_pool_set_n_threads (0);
  seconds[1] = measure (run, data);
}

static void
measure_peaks (void)
{
  for (int i = 0; i < 2; i++)
    {
      strata_pool_set_n_threads (i == 0 ? 1 : 0);
      peaks[i] = strata_peak_measure () * 1e-9;
    }
  printf ("%s: peak %.1f GFLOP/s on one thread, %.1f on %u\n\n", strata_isa_get_name (strata_isa_get ()), peaks[0],
          peaks[1], strata_pool_get_n_threads ());
}

static void
report (const char *name,
        Run         run,
        const void *data,
        double      flops)
{
  double seconds[2];

  measure_both (run, data, seconds);
  printf ("%-44s", name);
  for (int i = 0; i < 2; i++)
    printf ("  %7.1f (%3.0f %%)", flops / seconds[i] * 1e-9, flops / seconds[i] * 1e-7 / peaks[i]);
  printf ("  %9.1f us", seconds[1] * 1e6);
}

typedef struct
{
  gboolean trans_a, trans_b;
  gint64 m, n, k;
  float *a, *b, *c;
} Gemm;

static void
run_gemm (gconstpointer data)
{
  const Gemm *g = data;

  strata_gemm (g->trans_a, g->trans_b, g->m, g->n, g->k, g->a, g->trans_a ? g->m : g->k,
               g->b, g->trans_b ? g->k : g->n, 0.0f, g->c, g->n, NULL);
}

static void
run_blas (gconstpointer data)
{
  const Gemm *g = data;

  strata_blas_get ()->sgemm (CblasRowMajor, g->trans_a ? CblasTrans : CblasNoTrans,
                             g->trans_b ? CblasTrans : CblasNoTrans, g->m, g->n, g->k,
                             1.0f, g->a, g->trans_a ? g->m : g->k, g->b, g->trans_b ? g->k : g->n, 0.0f, g->c, g->n);
}

/* The dense layers of a small perceptron, at batches of 32 and 128: forward,
 * gradient at the kernel, gradient at the input; then large products, and those of
 * recurrent layers: whole sequences, and one step of a few samples. */
static void
bench_gemm (void)
{
  static const Gemm gemms[] = {
    { FALSE, FALSE, 32, 128, 784 }, { FALSE, FALSE, 32, 64, 128 }, { FALSE, FALSE, 32, 10, 64 },
    { TRUE, FALSE, 784, 128, 32 }, { TRUE, FALSE, 128, 64, 32 }, { TRUE, FALSE, 64, 10, 32 },
    { FALSE, TRUE, 32, 784, 128 }, { FALSE, TRUE, 32, 128, 64 }, { FALSE, TRUE, 32, 64, 10 },
    { FALSE, FALSE, 128, 128, 784 }, { FALSE, FALSE, 128, 64, 128 }, { FALSE, FALSE, 128, 10, 64 },
    { TRUE, FALSE, 784, 128, 128 }, { TRUE, FALSE, 128, 64, 128 }, { TRUE, FALSE, 64, 10, 128 },
    { FALSE, TRUE, 128, 784, 128 }, { FALSE, TRUE, 128, 128, 64 }, { FALSE, TRUE, 128, 64, 10 },
    { FALSE, FALSE, 1, 128, 784 }, { FALSE, FALSE, 32, 1000, 2048 }, { FALSE, FALSE, 512, 512, 512 },
    { TRUE, FALSE, 512, 512, 512 }, { FALSE, TRUE, 512, 512, 512 }, { FALSE, FALSE, 1024, 1024, 1024 },
    { FALSE, FALSE, 3200, 256, 128 }, { FALSE, TRUE, 3200, 128, 256 }, { TRUE, FALSE, 128, 256, 3200 },
    { TRUE, FALSE, 64, 256, 3200 }, { FALSE, FALSE, 1920, 200, 50 }, { FALSE, TRUE, 1920, 50, 200 },
    { TRUE, FALSE, 50, 200, 1920 }, { FALSE, FALSE, 16, 256, 64 }, { FALSE, FALSE, 16, 64, 256 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (gemms); i++)
    {
      Gemm g = gemms[i];
      double flops = 2.0 * g.m * g.n * g.k;
      g_autofree char *name = g_strdup_printf ("gemm %s%s %" G_GINT64_FORMAT " x %" G_GINT64_FORMAT
                                               " x %" G_GINT64_FORMAT,
                                               g.trans_a ? "T" : "N", g.trans_b ? "T" : "N", g.m, g.n, g.k);

      g.a = make_numbers (g.m * g.k);
      g.b = make_numbers (g.n * g.k);
      g.c = make_numbers (g.m * g.n);
      report (name, run_gemm, &g, flops);
      if (strata_blas_get () != NULL)
        printf ("  OpenBLAS on one thread %7.1f", flops / measure (run_blas, &g) * 1e-9);
      printf ("\n");
      g_aligned_free (g.a);
      g_aligned_free (g.b);
      g_aligned_free (g.c);
    }
}

typedef struct
{
  StrataConvShape shape;
  float *x, *w, *y, *dx, *dw;
} Conv;

static void
run_forward (gconstpointer data)
{
  const Conv *conv = data;

  strata_conv_forward (&conv->shape, conv->x, conv->w, conv->y, NULL);
}

static void
run_input (gconstpointer data)
{
  const Conv *conv = data;

  strata_conv_backward_input (&conv->shape, conv->y, conv->w, conv->dx);
}

static void
run_kernel (gconstpointer data)
{
  const Conv *conv = data;

  strata_conv_backward_kernel (&conv->shape, conv->x, conv->y, conv->dw);
}

static const StrataConvShape conv_shapes[] = {
  { 2, 32, { 28, 28 }, { 26, 26 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 1, 32, 1 },
  { 2, 32, { 13, 13 }, { 11, 11 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 32, 64, 1 },
  { 2, 32, { 5, 5 }, { 3, 3 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 64, 64, 1 },
  { 2, 128, { 28, 28 }, { 26, 26 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 1, 32, 1 },
  { 2, 128, { 13, 13 }, { 11, 11 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 32, 64, 1 },
  { 2, 128, { 5, 5 }, { 3, 3 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, 64, 64, 1 },
  { 2, 32, { 32, 32 }, { 32, 32 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 3, 32, 1 },
  { 2, 32, { 32, 32 }, { 32, 32 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 32, 32, 1 },
  { 2, 8, { 14, 14 }, { 14, 14 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 256, 256, 1 },
  { 2, 8, { 56, 56 }, { 28, 28 }, { 3, 3 }, { 2, 2 }, { 1, 1 }, { 0, 0 }, 64, 128, 1 },
  { 2, 16, { 32, 32 }, { 32, 32 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 64, 64, 64 },
  { 1, 32, { 200 }, { 196 }, { 5 }, { 1 }, { 1 }, { 0 }, 64, 64, 1 },
};

static void
bench_conv (const StrataConvShape *shape)
{
  Conv conv = { .shape = *shape };
  gint64 n_x = shape->batch * shape->in_channels, n_y = shape->batch * shape->out_channels;
  gint64 n_w = shape->in_channels / shape->groups * shape->out_channels;
  double flops = 2.0 * shape->batch * n_w;
  static const struct
  {
    const char *name;
    Run run;
  } passes[] = { { "forward", run_forward }, { "to input", run_input }, { "to kernel", run_kernel } };

  for (int d = 0; d < shape->nd; d++)
    {
      n_x *= shape->in[d];
      n_y *= shape->out[d];
      n_w *= shape->kernel[d];
      flops *= shape->out[d] * shape->kernel[d];
    }
  conv.x = make_numbers (n_x);
  conv.dx = make_numbers (n_x);
  conv.w = make_numbers (n_w);
  conv.dw = make_numbers (n_w);
  conv.y = make_numbers (n_y);
  for (gsize i = 0; i < G_N_ELEMENTS (passes); i++)
    {
      g_autofree char *name = g_strdup_printf ("conv %d-D %3d x %3d, %3d -> %3d %s", shape->nd, (int) shape->batch,
                                               (int) shape->in[0], (int) shape->in_channels,
                                               (int) shape->out_channels, passes[i].name);

      report (name, passes[i].run, &conv, flops);
      printf ("\n");
    }
  g_aligned_free (conv.x);
  g_aligned_free (conv.dx);
  g_aligned_free (conv.w);
  g_aligned_free (conv.dw);
  g_aligned_free (conv.y);
}

typedef struct
{
  StrataConvShape shape;
  StrataExpansion expansion;
  StrataEpilogue epilogue;
  float *w, *y, *middle;
} Expanded;

static void
run_expanded (gconstpointer data)
{
  const Expanded *e = data;

  strata_expanded_conv_forward (&e->shape, &e->expansion, e->w, e->y, &e->epilogue);
}

static void
run_apart (gconstpointer data)
{
  const Expanded *e = data;
  gint64 m = e->shape.batch * e->shape.in[0] * e->shape.in[1], n = e->shape.in_channels, k = e->expansion.n_features;

  strata_gemm (FALSE, FALSE, m, n, k, e->expansion.x, k, e->expansion.w, n, 0.0f, e->middle, n, &e->epilogue);
  strata_conv_forward (&e->shape, e->middle, e->w, e->y, &e->epilogue);
}

/* Inverted residuals of EfficientNetB0: together, and one after the other. */
static void
bench_expanded (void)
{
  static const struct
  {
    StrataConvShape shape;
    gint64 n_features;
  } cases[] = {
    { { 2, 8, { 112, 112 }, { 56, 56 }, { 3, 3 }, { 2, 2 }, { 1, 1 }, { 0, 0 }, 96, 96, 96 }, 16 },
    { { 2, 8, { 56, 56 }, { 56, 56 }, { 3, 3 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, 144, 144, 144 }, 24 },
    { { 2, 8, { 14, 14 }, { 14, 14 }, { 5, 5 }, { 1, 1 }, { 1, 1 }, { 2, 2 }, 672, 672, 672 }, 112 },
    { { 2, 8, { 7, 7 }, { 7, 7 }, { 5, 5 }, { 1, 1 }, { 1, 1 }, { 2, 2 }, 1152, 1152, 1152 }, 192 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const StrataConvShape *shape = &cases[i].shape;
      gint64 k = cases[i].n_features, n = shape->in_channels, n_taps = shape->kernel[0] * shape->kernel[1];
      gint64 cells = shape->batch * shape->in[0] * shape->in[1], n_y = shape->batch * shape->out[0] * shape->out[1] * n;
      double flops = 2.0 * cells * k * n + 2.0 * n_y * n_taps;
      float *x = make_numbers (cells * k), *features = make_numbers (k * n), *bias = make_numbers (n);
      Expanded expanded = {
        *shape, { k, x, features, bias, STRATA_EPILOGUE_SILU }, { bias, STRATA_EPILOGUE_SILU },
        make_numbers (n_taps * n), make_numbers (n_y), make_numbers (cells * n),
      };
      float *const all[] = { x, features, bias, expanded.w, expanded.y, expanded.middle };
      g_autofree char *name = g_strdup_printf ("expanded %3d x %3d, %3d -> %4d", (int) shape->batch, (int) shape->in[0],
                                               (int) k, (int) n);

      report (name, run_expanded, &expanded, flops);
      printf ("\n");
      report ("  apart", run_apart, &expanded, flops);
      printf ("\n");
      for (gsize j = 0; j < G_N_ELEMENTS (all); j++)
        g_aligned_free (all[j]);
    }
}

typedef struct
{
  StrataPoolingShape shape;
  float *x, *y, *dy, *dx;
} Pooling;

static void
run_max (gconstpointer data)
{
  const Pooling *pooling = data;

  strata_pooling_max (&pooling->shape, pooling->x, pooling->y);
}

static void
run_max_backward (gconstpointer data)
{
  const Pooling *pooling = data;

  strata_pooling_max_backward (&pooling->shape, pooling->x, pooling->y, pooling->dy, pooling->dx);
}

/* What counts is the memory that passes, so these are in GB/s of input. */
static void
bench_pooling (void)
{
  Pooling pooling = { .shape = { 2, 32, { 26, 26 }, { 13, 13 }, { 2, 2 }, { 2, 2 }, { 0, 0 }, 32 } };
  gint64 n_x = 32 * 26 * 26 * 32, n_y = 32 * 13 * 13 * 32;
  double seconds[2];

  pooling.x = make_numbers (n_x);
  pooling.dx = make_numbers (n_x);
  pooling.y = make_numbers (n_y);
  pooling.dy = make_numbers (n_y);
  measure_both (run_max, &pooling, seconds);
  printf ("max pooling 32 x 26 x 26 x 32 forward    %6.1f us, %5.1f GB/s\n", seconds[1] * 1e6, n_x * 4e-9 / seconds[1]);
  measure_both (run_max_backward, &pooling, seconds);
  printf ("max pooling 32 x 26 x 26 x 32 backward   %6.1f us, %5.1f GB/s\n", seconds[1] * 1e6, n_x * 4e-9 / seconds[1]);
  g_aligned_free (pooling.x);
  g_aligned_free (pooling.dx);
  g_aligned_free (pooling.y);
  g_aligned_free (pooling.dy);
}

static void
run_lstm (gconstpointer data)
{
  strata_recurrent_get_kernel ()->lstm (data);
}

static void
run_lstm_backward (gconstpointer data)
{
  strata_recurrent_get_kernel ()->lstm_backward (data);
}

/* One step of a task, of whole vectors and others. */
static void
bench_recurrent (void)
{
  static const gint64 units[] = { 64, 50 };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gint64 rows = STRATA_RECURRENT_ROWS, n = rows * units[i];
      double flops = 2.0 * n * 4 * units[i];
      float *kernel = make_numbers (4 * units[i] * units[i]);
      float *packed = make_numbers (strata_recurrent_get_packed_size (units[i], 4));
      float *given = make_numbers (4 * n), *gates = make_numbers (4 * n), *state = make_numbers (4 * n);
      float *dc = make_numbers (n);
      StrataLstmStep step = { rows, units[i], packed, given, state, state + n, gates, state + 2 * n, state + 3 * n };
      StrataLstmBackward back = { rows, units[i], packed, given, gates, state, state + n, state + 2 * n, NULL, dc,
                                  gates };
      float *const all[] = { kernel, packed, given, gates, state, dc };

      strata_recurrent_get_kernel ()->pack (units[i], 4, kernel, packed);
      report (units[i] == 64 ? "a step of an LSTM, 8 x 64" : "a step of an LSTM, 8 x 50", run_lstm, &step, flops);
      strata_recurrent_get_kernel ()->pack_back (units[i], 4, kernel, packed);
      printf ("\n");
      report ("backward", run_lstm_backward, &back, flops);
      printf ("\n");
      for (gsize k = 0; k < G_N_ELEMENTS (all); k++)
        g_aligned_free (all[k]);
    }
}

int
main (void)
{
  measure_peaks ();
  bench_gemm ();
  for (gsize i = 0; i < G_N_ELEMENTS (conv_shapes); i++)
    bench_conv (&conv_shapes[i]);
  bench_expanded ();
  bench_pooling ();
  bench_recurrent ();
  return 0;
}
