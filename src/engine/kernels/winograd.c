/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/scratch.h"
#include "kernels/winograd-plan.h"
#include "tensor/pool.h"

#define PANEL STRATA_WINOGRAD_PANEL

/* Transforms of a block of tiles have about so many numbers, for the second-level cache. */
#define BLOCK_NUMBERS (96 * 1024)
#define MIN_BLOCKS 8
/* More weights than this are read once for as many tiles as have so many numbers: all threads work at one block. */
#define BIG_WEIGHTS (1024 * 1024)
#define BIG_BLOCK_NUMBERS (4 * 1024 * 1024)
/* Input channels whose transformed weights, of one panel, stay in the second-level cache, and tiles that leave room. */
#define DEPTH 128
#define MAX_PIECE_TILES 64

/* Some tiles on their way from inputs to outputs. */
typedef struct
{
  const StrataWinograd *winograd;
  gint64 first, end; /* lines */
  StrataWinogradTiles tiles;
} Block;

/* For one point of the transform: @depth channels of the tiles' inputs, from @k on, times one panel of weights. */
static void
multiply (const Block *block,
          int          point,
          gint64       panel,
          gint64       k,
          gint64       depth,
          const float *u)
{
  static const gint64 no_run[1] = { 0 };
  const StrataWinograd *winograd = block->winograd;
  const StrataTileKernel *kernel = winograd->kernel;
  gint64 n_in = winograd->n_in, n_out = winograd->n_out;
  gint64 n_tiles = (block->end - block->first) * winograd->tiles[1];
  gint64 height = strata_tile_split (n_tiles, kernel->max_rows);
  gint64 width = MIN (PANEL, n_out - panel);
  const float *v = block->tiles.v + point * block->tiles.v_stride + k;
  StrataTile tile = {
    .runs = no_run, .n_runs = 1, .length = depth, .step = 1, .ldb = width, .ldc = n_out, .accumulate = k > 0,
  };

  for (gint64 j = 0; j < width; j += kernel->max_columns)
    {
      tile.b = u + j;
      tile.width = MIN (kernel->max_columns, width - j);
      for (gint64 i = 0; i < n_tiles; i += height)
        {
          tile.height = MIN (height, n_tiles - i);
          tile.c = block->tiles.m + point * block->tiles.m_stride + i * n_out + panel + j;
          for (int r = 0; r < tile.height; r++)
            tile.rows[r] = v + (i + r) * n_in;
          kernel->run (&tile);
        }
    }
}

/* The same for weights that are transformed already. */
static void
multiply_ready (const Block *block,
                int          point,
                gint64       panel)
{
  const StrataWinograd *winograd = block->winograd;

  multiply (block, point, panel, 0, winograd->n_in, winograd->u + point * winograd->u_point + panel * winograd->n_in);
}

static void
block_task (gpointer data,
            guint    task,
            guint    thread)
{
  const StrataWinograd *winograd = data;
  Block block = {
    .winograd = winograd, .first = task * winograd->block_lines,
    .tiles = strata_winograd_push_tiles (winograd, winograd->block_lines),
  };

  block.end = MIN (block.first + winograd->block_lines, winograd->n_lines);
  strata_winograd_spread_inputs (winograd, block.first, block.end, block.tiles.v, block.tiles.v_stride);
  for (int point = 0; point < winograd->transforms->n_points; point++)
    for (gint64 panel = 0; panel < winograd->n_out; panel += PANEL)
      multiply_ready (&block, point, panel);
  strata_winograd_visit_outputs (winograd, block.first, block.end, block.tiles.m, block.tiles.m_stride);
  strata_winograd_pop_tiles (&block.tiles);
}

static void
spread_task (gpointer data,
             guint    task,
             guint    thread)
{
  const Block *block = data;
  const StrataWinograd *winograd = block->winograd;
  gint64 line = block->first + task;

  strata_winograd_spread_inputs (winograd, line, line + 1, block->tiles.v + task * winograd->tiles[1] * winograd->n_in,
                                 block->tiles.v_stride);
}

static void
multiply_task (gpointer data,
               guint    task,
               guint    thread)
{
  const Block *block = data;
  gint64 n_panels = (block->winograd->n_out + PANEL - 1) / PANEL;

  multiply_ready (block, task / n_panels, task % n_panels * PANEL);
}

/* A panel of weights that are used but once is transformed piece by piece, so that it never leaves the cache. */
static void
panel_task (gpointer data,
            guint    task,
            guint    thread)
{
  const Block *block = data;
  const StrataWinograd *winograd = block->winograd;
  gint64 panel = (gint64) task * PANEL, width = MIN (PANEL, winograd->n_out - panel);
  gint64 stride = DEPTH * width + 80;
  gsize w_size = 9 * DEPTH * width, size = w_size + winograd->transforms->n_points * stride;
  float *w = strata_scratch_push (size);
  float *u = w + w_size;

  for (gint64 k = 0; k < winograd->n_in; k += DEPTH)
    {
      gint64 depth = MIN (DEPTH, winograd->n_in - k);

      for (int tap = 0; tap < 9 && winograd->turned; tap++)
        winograd->kernel->pack (TRUE, depth, width,
                                winograd->w + (8 - tap) * winograd->u_point + panel * winograd->n_in + k,
                                winograd->n_in, w + tap * depth * width, width);
      for (gint64 i = 0; i < depth; i++)
        if (winograd->turned)
          winograd->transforms->spread_weights (w + i * width, depth * width, width, u + i * width, stride);
        else
          winograd->transforms->spread_weights (winograd->w + (k + i) * winograd->n_out + panel, winograd->u_point,
                                                width, u + i * width, stride);
      for (int point = 0; point < winograd->transforms->n_points; point++)
        multiply (block, point, panel, k, depth, u + point * stride);
    }
  strata_scratch_pop (size);
}

static void
gather_task (gpointer data,
             guint    task,
             guint    thread)
{
  const Block *block = data;
  const StrataWinograd *winograd = block->winograd;
  gint64 line = block->first + task;

  strata_winograd_visit_outputs (winograd, line, line + 1, block->tiles.m + task * winograd->tiles[1] * winograd->n_out,
                                 block->tiles.m_stride);
}

/* Blocks one after the other, each by all threads: weights that fit no cache are read but once a block. */
static void
run_together (StrataWinograd *winograd)
{
  int n_points = winograd->transforms->n_points;
  gint64 n_panels = (winograd->n_out + PANEL - 1) / PANEL;
  Block block = { .winograd = winograd };

  strata_winograd_cut (winograd, BIG_BLOCK_NUMBERS, 1);
  block.tiles = strata_winograd_push_tiles (winograd, winograd->block_lines);
  for (; block.first < winograd->n_lines; block.first += winograd->block_lines)
    {
      block.end = MIN (block.first + winograd->block_lines, winograd->n_lines);
      strata_pool_run (block.end - block.first, spread_task, &block);
      if (winograd->u != NULL)
        strata_pool_run (n_points * n_panels, multiply_task, &block);
      else
        strata_pool_run (n_panels, panel_task, &block);
      strata_pool_run (block.end - block.first, gather_task, &block);
    }
  strata_winograd_pop_tiles (&block.tiles);
}

static gboolean
is_big (const StrataWinograd *winograd)
{
  return winograd->transforms->n_points * winograd->u_point > BIG_WEIGHTS;
}

static void
run_forward (StrataWinograd *winograd)
{
  if (is_big (winograd))
    {
      run_together (winograd);
      return;
    }
  strata_winograd_cut (winograd, BLOCK_NUMBERS, MIN_BLOCKS);
  strata_pool_run (winograd->n_blocks, block_task, winograd);
}

/* The weights of one input channel, panel by panel. */
static void
weights_task (gpointer data,
              guint    task,
              guint    thread)
{
  const StrataWinograd *winograd = data;

  for (gint64 j = 0; j < winograd->n_out; j += PANEL)
    {
      gint64 width = MIN (PANEL, winograd->n_out - j);

      winograd->transforms->spread_weights (winograd->w + task * winograd->n_out + j, winograd->u_point, width,
                                            winograd->u + j * winograd->n_in + task * width, winograd->u_point);
    }
}

static void
spread_and_run (StrataWinograd *winograd)
{
  gsize w_size = winograd->turned ? 9 * winograd->u_point : 0;
  gsize size = w_size + winograd->transforms->n_points * winograd->u_point;
  float *w;

  strata_winograd_cut (winograd, BIG_BLOCK_NUMBERS, 1);
  if (is_big (winograd) && winograd->n_lines * winograd->tiles[1] <= MAX_PIECE_TILES)
    {
      run_together (winograd);
      return;
    }
  w = strata_scratch_push (size);
  winograd->u = w + w_size;
  if (winograd->turned)
    {
      for (int tap = 0; tap < 9; tap++)
        winograd->kernel->pack (TRUE, winograd->n_in, winograd->n_out,
                                winograd->w + (winograd->scattered ? tap : 8 - tap) * winograd->u_point, winograd->n_in,
                                w + tap * winograd->u_point, winograd->n_out);
      winograd->w = w;
    }
  strata_pool_run (winograd->n_in, weights_task, winograd);
  run_forward (winograd);
  strata_scratch_pop (size);
}

void
strata_winograd_prepare (const StrataConvPlan *plan,
                         const float          *w,
                         float                *u)
{
  StrataWinograd winograd = { .w = w, .u = u };

  strata_winograd_init (&winograd, plan, plan->out[1], plan->out[2]);
  strata_pool_run (winograd.n_in, weights_task, &winograd);
}

void
strata_winograd_forward (const StrataConvPlan *plan,
                         const float          *x,
                         const float          *w,
                         float                *y,
                         const StrataEpilogue *epilogue)
{
  StrataWinograd winograd = { .x = x, .w = w, .y = y, .epilogue = *epilogue };

  strata_winograd_init (&winograd, plan, plan->out[1], plan->out[2]);
  spread_and_run (&winograd);
}

/* @u: from strata_winograd_prepare() */
void
strata_winograd_forward_prepared (const StrataConvPlan *plan,
                                  const float          *x,
                                  const float          *u,
                                  float                *y,
                                  const StrataEpilogue *epilogue)
{
  StrataWinograd winograd = { .x = x, .u = (float *) u, .y = y, .epilogue = *epilogue };

  strata_winograd_init (&winograd, plan, plan->out[1], plan->out[2]);
  run_forward (&winograd);
}

/* Swaps input and output: the gradient at the input is a convolution of that at the output, by a kernel with each tap
 * transposed, in reverse order; or the transpose of each step of the convolution, in reverse order. */
static void
turn_around (StrataWinograd *winograd)
{
  gint64 n_in = winograd->n_in;

  winograd->turned = TRUE;
  winograd->n_in = winograd->n_out;
  winograd->n_out = n_in;
  for (int d = 0; d < 2; d++)
    {
      gint64 in = winograd->in[d];

      winograd->in[d] = winograd->out[d];
      winograd->out[d] = in;
      if (!winograd->scattered)
        winograd->pad[d] = 2 - winograd->pad[d];
    }
}

void
strata_winograd_backward_input (const StrataConvPlan *plan,
                                const float          *dy,
                                const float          *w,
                                float                *dx)
{
  StrataWinograd winograd = { .x = dy, .w = w, .y = dx, .scattered = strata_winograd_can_scatter (plan) };
  const gint64 *cut = winograd.scattered ? plan->out : plan->in;

  strata_winograd_init (&winograd, plan, cut[1], cut[2]);
  turn_around (&winograd);
  spread_and_run (&winograd);
}
