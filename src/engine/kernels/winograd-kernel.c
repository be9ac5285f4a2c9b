/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/scratch.h"
#include "kernels/winograd-plan.h"
#include "tensor/pool.h"

/* The gradient at the kernel: chunks of blocks of tiles are summed, transformed,
 * by themselves; the sums are added in order and become nine weights each. */

#define BLOCK_NUMBERS (96 * 1024)
#define MAX_CHUNKS 8

/* Where there are many weights and few tiles, it is the other way round: all tiles are transformed, and a block of
 * weights at a time is summed and gathered, in the second-level cache. So many rows a block has at most. */
#define BLOCK_ROWS 64
#define PANEL STRATA_WINOGRAD_PANEL

/* Adds the products of all channels of x and dy over some tiles, for one point of the transform. */
static void
multiply (const StrataWinograd *winograd,
          gint64                n_tiles,
          const float          *v,
          const float          *m,
          float                *u,
          gboolean              accumulate)
{
  static const gint64 no_run[1] = { 0 };
  const StrataTileKernel *kernel = winograd->kernel;
  gint64 n_in = winograd->n_in, n_out = winograd->n_out;
  gint64 height = strata_tile_split (n_in, kernel->max_rows);
  StrataTile tile = {
    .runs = no_run, .n_runs = 1, .length = n_tiles, .step = n_in, .adjacent = TRUE,
    .ldb = n_out, .ldc = n_out, .accumulate = accumulate,
  };

  for (gint64 j = 0; j < n_out; j += kernel->max_columns)
    {
      tile.b = m + j;
      tile.width = MIN (kernel->max_columns, n_out - j);
      for (gint64 i = 0; i < n_in; i += height)
        {
          tile.height = MIN (height, n_in - i);
          tile.c = u + i * n_out + j;
          tile.rows[0] = v + i;
          kernel->run (&tile);
        }
    }
}

/* Sums the products of a chunk of blocks: U's gradient. */
static void
kernel_task (gpointer data,
             guint    task,
             guint    thread)
{
  const StrataWinograd *winograd = data;
  StrataWinogradTiles tiles = strata_winograd_push_tiles (winograd, winograd->block_lines);
  int n_points = winograd->transforms->n_points;
  gint64 block = winograd->n_blocks * task / winograd->n_chunks;
  gint64 last = winograd->n_blocks * (task + 1) / winograd->n_chunks;

  for (gboolean accumulate = FALSE; block < last; block++, accumulate = TRUE)
    {
      gint64 first = block * winograd->block_lines, end = MIN (first + winograd->block_lines, winograd->n_lines);

      strata_winograd_spread_inputs (winograd, first, end, tiles.v, tiles.v_stride);
      strata_winograd_visit_outputs (winograd, first, end, tiles.m, tiles.m_stride);
      for (int point = 0; point < n_points; point++)
        multiply (winograd, (end - first) * winograd->tiles[1], tiles.v + point * tiles.v_stride,
                  tiles.m + point * tiles.m_stride, winograd->u + (task * n_points + point) * winograd->u_point,
                  accumulate);
    }
  strata_winograd_pop_tiles (&tiles);
}

/* For one input channel: adds up the chunks, in order, and makes nine weights. */
static void
gather_task (gpointer data,
             guint    task,
             guint    thread)
{
  const StrataWinograd *winograd = data;
  gint64 n = winograd->n_out, size = winograd->u_point;
  int n_points = winograd->transforms->n_points;

  for (int point = 0; point < n_points; point++)
    {
      float *restrict sum = winograd->u + point * size + task * n;

      for (gint64 chunk = 1; chunk < winograd->n_chunks; chunk++)
        {
          const float *restrict part = sum + chunk * n_points * size;

          for (gint64 i = 0; i < n; i++)
            sum[i] += part[i];
        }
    }
  winograd->transforms->gather_weights (winograd->u + task * n, size, n, winograd->dw + task * n, size);
}

typedef struct
{
  const StrataWinograd *winograd;
  StrataWinogradTiles tiles;
  gint64 n_tiles;
  gint64 height; /* of a tile of products */
  gint64 n_rows; /* input channels of a block: some tiles */
} Whole;

static void
spread_task (gpointer data,
             guint    task,
             guint    thread)
{
  const Whole *whole = data;
  const StrataWinograd *winograd = whole->winograd;

  strata_winograd_spread_inputs (winograd, task, task + 1, whole->tiles.v + task * winograd->tiles[1] * winograd->n_in,
                                 whole->tiles.v_stride);
  strata_winograd_visit_outputs (winograd, task, task + 1, whole->tiles.m + task * winograd->tiles[1] * winograd->n_out,
                                 whole->tiles.m_stride);
}

/* Some input channels by a panel of output channels. */
static void
weights_task (gpointer data,
              guint    task,
              guint    thread)
{
  static const gint64 no_run[1] = { 0 };
  const Whole *whole = data;
  const StrataWinograd *winograd = whole->winograd;
  const StrataTileKernel *kernel = winograd->kernel;
  gint64 n_in = winograd->n_in, n_out = winograd->n_out, n_panels = (n_out + PANEL - 1) / PANEL;
  gint64 panel = task % n_panels * PANEL, width = MIN (PANEL, n_out - panel);
  gint64 row = task / n_panels * whole->n_rows, n_rows = MIN (whole->n_rows, n_in - row);
  int n_points = winograd->transforms->n_points;
  gint64 stride = n_rows * width + 80;
  float *u = strata_scratch_push (n_points * stride);
  StrataTile tile = {
    .runs = no_run, .n_runs = 1, .length = whole->n_tiles, .step = n_in, .adjacent = TRUE, .ldb = n_out, .ldc = width,
  };

  for (int point = 0; point < n_points; point++)
    for (gint64 j = 0; j < width; j += kernel->max_columns)
      {
        tile.b = whole->tiles.m + point * whole->tiles.m_stride + panel + j;
        tile.width = MIN (kernel->max_columns, width - j);
        for (gint64 i = 0; i < n_rows; i += whole->height)
          {
            tile.height = MIN (whole->height, n_rows - i);
            tile.rows[0] = whole->tiles.v + point * whole->tiles.v_stride + row + i;
            tile.c = u + point * stride + i * width + j;
            kernel->run (&tile);
          }
      }
  for (gint64 i = 0; i < n_rows; i++)
    winograd->transforms->gather_weights (u + i * width, stride, width, winograd->dw + (row + i) * n_out + panel,
                                          winograd->u_point);
  strata_scratch_pop (n_points * stride);
}

static void
run_whole (StrataWinograd *winograd)
{
  Whole whole = { .winograd = winograd, .height = strata_tile_split (winograd->n_in, winograd->kernel->max_rows) };
  gint64 n_panels = (winograd->n_out + PANEL - 1) / PANEL;

  whole.n_rows = BLOCK_ROWS / whole.height * whole.height;
  strata_winograd_cut (winograd, G_MAXINT32, 1);
  whole.tiles = strata_winograd_push_tiles (winograd, winograd->n_lines);
  whole.n_tiles = winograd->n_lines * winograd->tiles[1];
  strata_pool_run (winograd->n_lines, spread_task, &whole);
  strata_pool_run ((winograd->n_in + whole.n_rows - 1) / whole.n_rows * n_panels, weights_task, &whole);
  strata_winograd_pop_tiles (&whole.tiles);
}

void
strata_winograd_backward_kernel (const StrataConvPlan *plan,
                                 const float          *x,
                                 const float          *dy,
                                 float                *dw)
{
  StrataWinograd winograd = { .x = x, .dy = dy, .dw = dw };
  gsize size;

  strata_winograd_init (&winograd, plan, plan->out[1], plan->out[2]);
  if (strata_winograd_has_many_weights (plan))
    {
      run_whole (&winograd);
      return;
    }
  strata_winograd_cut (&winograd, BLOCK_NUMBERS, MAX_CHUNKS);
  winograd.n_chunks = MIN (winograd.n_blocks, MAX_CHUNKS);
  size = winograd.n_chunks * winograd.transforms->n_points * winograd.u_point;
  winograd.u = strata_scratch_push (size);
  strata_pool_run (winograd.n_chunks, kernel_task, &winograd);
  strata_pool_run (winograd.n_in, gather_task, &winograd);
  strata_scratch_pop (size);
}
