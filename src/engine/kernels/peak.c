/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/peak.h"

#include "kernels/tile.h"
#include "tensor/pool.h"

#define DEPTH 128
#define TILES 50
#define N_TASKS 64
/* How long a try must take for the clock, and how many there are: the best counts. */
#define MIN_MICROSECONDS 1500
#define N_TRIES 20

static void
multiply_tiles (gpointer data,
                guint    task,
                guint    thread)
{
  static const gint64 no_run[1] = { 0 };
  static _Alignas (64) float a[DEPTH * STRATA_TILE_MAX_ROWS], b[DEPTH * STRATA_TILE_MAX_COLUMNS];
  const StrataTileKernel *kernel = data;
  float c[STRATA_TILE_MAX_ROWS * STRATA_TILE_MAX_COLUMNS];
  StrataTile tile = {
    .rows = { a }, .runs = no_run, .n_runs = 1, .length = DEPTH, .step = kernel->max_rows, .adjacent = TRUE,
    .b = b, .ldb = kernel->max_columns, .c = c, .ldc = kernel->max_columns,
    .height = kernel->max_rows, .width = kernel->max_columns,
  };

  for (int i = 0; i < TILES; i++)
    kernel->run (&tile);
}

/**
 * strata_peak_measure: (skip)
 *
 * Returns: floating-point operations a second that the micro-kernel of matrix
 *   products does on all threads of the pool, on data in the nearest cache:
 *   what nothing computed here can exceed
 */
double
strata_peak_measure (void)
{
  const StrataTileKernel *kernel = strata_tile_kernel_get ();
  double flops = 2.0 * N_TASKS * TILES * DEPTH * kernel->max_rows * kernel->max_columns, best = 0;

  for (int try = 0; try < N_TRIES; try++)
    {
      gint64 start = g_get_monotonic_time (), taken;
      int n = 0;

      do
        {
          strata_pool_run (N_TASKS, multiply_tiles, (gpointer) kernel);
          n++;
          taken = g_get_monotonic_time () - start;
        }
      while (taken < MIN_MICROSECONDS);
      best = MAX (best, n * flops / taken * 1e6);
    }
  return best;
}
