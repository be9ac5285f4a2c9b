/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/winograd.h"

#include "kernels/scratch.h"
#include "kernels/tile.h"
#include "tensor/pool.h"

#include <string.h>

#define POINTS STRATA_WINOGRAD_POINTS

/* Transforms of a block of tiles have about so many numbers, for the second-level cache. */
#define BLOCK_NUMBERS (96 * 1024)
#define MIN_BLOCK_TILES 28
#define MAX_CHUNKS 8
/* Products saved, and channels to share the transforms, that make it worth it. */
#define MIN_GAIN 1.3
#define MIN_CHANNELS 32
/* Of more, sums for every chunk would not stay in a cache. */
#define MAX_WEIGHTS (96 * 96)

STRATA_ISA_DECLARE (const StrataWinogradKernel, strata_winograd_kernel)

/* x, its transform V, the kernel's U, their products M and what becomes of them, y. */
typedef struct
{
  const StrataWinogradKernel *transforms;
  const StrataTileKernel *kernel;
  gint64 batch;
  gint64 in[2], out[2], pad[2];
  gint64 n_in, n_out; /* channels */
  gint64 tiles[2];
  gint64 n_lines; /* lines of tiles, over all images */
  gint64 block_lines;
  gint64 n_blocks, n_chunks;
  const float *x, *w, *dy;
  float *u, *y, *dw;
  StrataEpilogue epilogue;
} Winograd;

static gboolean
is_plain (const StrataConvPlan *plan)
{
  gint64 vector = strata_tile_kernel_get ()->vector;

  return plan->groups == 1 && plan->kernel[0] == 1 && plan->in[0] == 1 && plan->out[0] == 1 &&
         plan->kernel[1] == 3 && plan->kernel[2] == 3 && plan->stride[1] == 1 && plan->stride[2] == 1 &&
         plan->dilation[1] == 1 && plan->dilation[2] == 1 && plan->pad[1] <= 2 && plan->pad[2] <= 2 &&
         plan->in_channels % vector == 0 && plan->out_channels % vector == 0 &&
         MIN (plan->in_channels, plan->out_channels) >= MIN_CHANNELS;
}

/* Whether tiles over @height by @width need few enough products. */
static gboolean
is_gain (const StrataConvPlan *plan,
         gint64                height,
         gint64                width)
{
  return is_plain (plan) &&
         9.0 * plan->n_positions >= MIN_GAIN * POINTS * ((height + 1) / 2) * ((width + 1) / 2);
}

gboolean
strata_winograd_can_forward (const StrataConvPlan *plan)
{
  return is_gain (plan, plan->out[1], plan->out[2]);
}

gboolean
strata_winograd_can_input (const StrataConvPlan *plan)
{
  return is_gain (plan, plan->in[1], plan->in[2]);
}

gboolean
strata_winograd_can_kernel (const StrataConvPlan *plan)
{
  return is_gain (plan, plan->out[1], plan->out[2]) && plan->in_channels * plan->out_channels <= MAX_WEIGHTS;
}

static void
init (Winograd             *winograd,
      const StrataConvPlan *plan)
{
  static const StrataWinogradKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (&strata_winograd_kernel);

  winograd->transforms = kernels[strata_isa_get ()];
  winograd->kernel = strata_tile_kernel_get ();
  winograd->batch = plan->batch;
  winograd->n_in = plan->in_channels;
  winograd->n_out = plan->out_channels;
  for (int d = 0; d < 2; d++)
    {
      winograd->in[d] = plan->in[1 + d];
      winograd->out[d] = plan->out[1 + d];
      winograd->pad[d] = plan->pad[1 + d];
    }
}

/* Swaps input and output: the gradient at the input is a convolution of that at the output. */
static void
turn_around (Winograd *winograd)
{
  gint64 n_in = winograd->n_in;

  winograd->n_in = winograd->n_out;
  winograd->n_out = n_in;
  for (int d = 0; d < 2; d++)
    {
      gint64 in = winograd->in[d];

      winograd->in[d] = winograd->out[d];
      winograd->out[d] = in;
      winograd->pad[d] = 2 - winograd->pad[d];
    }
}

static void
cut_blocks (Winograd *winograd)
{
  gint64 tiles = MAX (BLOCK_NUMBERS / (POINTS * (winograd->n_in + winograd->n_out)), MIN_BLOCK_TILES);
  gint64 lines;

  for (int d = 0; d < 2; d++)
    winograd->tiles[d] = (winograd->out[d] + 1) / 2;
  winograd->n_lines = winograd->batch * winograd->tiles[0];
  lines = CLAMP (tiles / winograd->tiles[1], 1, MAX (winograd->n_lines / MAX_CHUNKS, 1));
  winograd->block_lines = strata_tile_split (winograd->n_lines, lines);
  winograd->n_blocks = (winograd->n_lines + winograd->block_lines - 1) / winograd->block_lines;
}

static gint64
block_tiles (const Winograd *winograd)
{
  return winograd->block_lines * winograd->tiles[1];
}

static gint64
strip_size (const Winograd *winograd)
{
  return 4 * (2 * winograd->tiles[1] + 2) * winograd->n_in;
}

/* The four lines of x that line @line of tiles sees, zeros around them. */
static void
fill_strip (const Winograd *winograd,
            gint64          line,
            float          *strip)
{
  gint64 n = winograd->n_in, width = 2 * winograd->tiles[1] + 2;
  gint64 image = line / winograd->tiles[0];
  gint64 before = winograd->pad[1];
  gint64 length = MIN (winograd->in[1], width - before);

  for (int i = 0; i < 4; i++, strip += width * n)
    {
      gint64 y = 2 * (line % winograd->tiles[0]) + i - winograd->pad[0];

      if (y < 0 || y >= winograd->in[0])
        {
          memset (strip, 0, width * n * sizeof (float));
          continue;
        }
      memset (strip, 0, before * n * sizeof (float));
      memcpy (strip + before * n, winograd->x + (image * winograd->in[0] + y) * winograd->in[1] * n,
              length * n * sizeof (float));
      memset (strip + (before + length) * n, 0, (width - before - length) * n * sizeof (float));
    }
}

static void
spread_inputs (const Winograd *winograd,
               gint64          first,
               gint64          end,
               float          *strip,
               float          *v)
{
  gint64 n = winograd->n_in, line_size = (2 * winograd->tiles[1] + 2) * n;
  gint64 stride = block_tiles (winograd) * n;

  for (gint64 line = first; line < end; line++)
    {
      fill_strip (winograd, line, strip);
      for (gint64 t = 0; t < winograd->tiles[1]; t++, v += n)
        winograd->transforms->spread_input (strip + 2 * t * n, line_size, n, v, stride);
    }
}

/* Calls for each tile of lines @first to @end: outputs from products, or the other way round. */
static void
visit_outputs (const Winograd *winograd,
               gint64          first,
               gint64          end,
               float          *m)
{
  gint64 n = winograd->n_out, line_size = winograd->out[1] * n;
  gint64 stride = block_tiles (winograd) * n;

  for (gint64 line = first; line < end; line++)
    {
      gint64 row = 2 * (line % winograd->tiles[0]);
      gint64 at = (line / winograd->tiles[0] * winograd->out[0] + row) * line_size;
      int n_rows = MIN (2, winograd->out[0] - row);

      for (gint64 t = 0; t < winograd->tiles[1]; t++, m += n)
        {
          int n_columns = MIN (2, winograd->out[1] - 2 * t);

          if (winograd->dy != NULL)
            winograd->transforms->spread_output (winograd->dy + at + 2 * t * n, line_size, n_rows, n_columns, n, m,
                                                 stride);
          else
            winograd->transforms->gather_output (m, stride, n, &winograd->epilogue, winograd->y + at + 2 * t * n,
                                                 line_size, n_rows, n_columns);
        }
    }
}

/* Rows of A times B, all dense, A transposed or not. */
static void
multiply (const StrataTileKernel *kernel,
          gboolean                trans_a,
          gint64                  m,
          gint64                  n,
          gint64                  k,
          const float            *a,
          const float            *b,
          float                  *c,
          gboolean                accumulate)
{
  static const gint64 no_run[1] = { 0 };
  gint64 height = strata_tile_split (m, kernel->max_rows);
  StrataTile tile = {
    .runs = no_run, .n_runs = 1, .length = k, .step = trans_a ? m : 1, .adjacent = trans_a,
    .ldb = n, .ldc = n, .accumulate = accumulate,
  };

  for (gint64 j = 0; j < n; j += kernel->max_columns)
    {
      tile.b = b + j;
      tile.width = MIN (kernel->max_columns, n - j);
      for (gint64 i = 0; i < m; i += height)
        {
          tile.height = MIN (height, m - i);
          tile.c = c + i * n + j;
          for (int r = 0; r < tile.height; r++)
            tile.rows[r] = trans_a ? a + i + r : a + (i + r) * k;
          kernel->run (&tile);
        }
    }
}

static void
forward_task (gpointer data,
              guint    task,
              guint    thread)
{
  const Winograd *winograd = data;
  gint64 first = task * winograd->block_lines, end = MIN (first + winograd->block_lines, winograd->n_lines);
  gint64 v_stride = block_tiles (winograd) * winograd->n_in, m_stride = block_tiles (winograd) * winograd->n_out;
  gsize size = strip_size (winograd) + POINTS * (v_stride + m_stride);
  float *v = strata_scratch_push (size);
  float *m = v + POINTS * v_stride;

  spread_inputs (winograd, first, end, m + POINTS * m_stride, v);
  for (int p = 0; p < POINTS; p++)
    multiply (winograd->kernel, FALSE, (end - first) * winograd->tiles[1], winograd->n_out, winograd->n_in,
              v + p * v_stride, winograd->u + p * winograd->n_in * winograd->n_out, m + p * m_stride, FALSE);
  visit_outputs (winograd, first, end, m);
  strata_scratch_pop (size);
}

static void
weights_task (gpointer data,
              guint    task,
              guint    thread)
{
  const Winograd *winograd = data;
  gint64 n = winograd->n_out, size = winograd->n_in * n;

  winograd->transforms->spread_weights (winograd->w + task * n, size, n, winograd->u + task * n, size);
}

static void
run_forward (Winograd *winograd)
{
  gsize size = POINTS * winograd->n_in * winograd->n_out;

  cut_blocks (winograd);
  winograd->u = strata_scratch_push (size);
  strata_pool_run (winograd->n_in, weights_task, winograd);
  strata_pool_run (winograd->n_blocks, forward_task, winograd);
  strata_scratch_pop (size);
}

void
strata_winograd_forward (const StrataConvPlan *plan,
                         const float          *x,
                         const float          *w,
                         float                *y,
                         const StrataEpilogue *epilogue)
{
  Winograd winograd = { .x = x, .w = w, .y = y, .epilogue = *epilogue };

  init (&winograd, plan);
  run_forward (&winograd);
}

/* The kernel of the convolution that goes back: each tap transposed, in reverse order. */
void
strata_winograd_backward_input (const StrataConvPlan *plan,
                                const float          *dy,
                                const float          *w,
                                float                *dx)
{
  Winograd winograd = { .x = dy, .y = dx };
  gint64 size = plan->in_channels * plan->out_channels;
  float *turned = strata_scratch_push (9 * size);

  init (&winograd, plan);
  for (int tap = 0; tap < 9; tap++)
    winograd.kernel->pack (TRUE, plan->out_channels, plan->in_channels, w + (8 - tap) * size, plan->out_channels,
                           turned + tap * size, plan->in_channels);
  turn_around (&winograd);
  winograd.w = turned;
  run_forward (&winograd);
  strata_scratch_pop (9 * size);
}

/* Sums the products of a chunk of blocks: U's gradient. */
static void
kernel_task (gpointer data,
             guint    task,
             guint    thread)
{
  const Winograd *winograd = data;
  gint64 v_stride = block_tiles (winograd) * winograd->n_in, m_stride = block_tiles (winograd) * winograd->n_out;
  gint64 u_stride = winograd->n_in * winograd->n_out;
  gsize size = strip_size (winograd) + POINTS * (v_stride + m_stride);
  float *v = strata_scratch_push (size);
  float *m = v + POINTS * v_stride;
  gint64 block = winograd->n_blocks * task / winograd->n_chunks;
  gint64 last = winograd->n_blocks * (task + 1) / winograd->n_chunks;

  for (gboolean accumulate = FALSE; block < last; block++, accumulate = TRUE)
    {
      gint64 first = block * winograd->block_lines, end = MIN (first + winograd->block_lines, winograd->n_lines);

      spread_inputs (winograd, first, end, m + POINTS * m_stride, v);
      visit_outputs (winograd, first, end, m);
      for (int p = 0; p < POINTS; p++)
        multiply (winograd->kernel, TRUE, winograd->n_in, winograd->n_out, (end - first) * winograd->tiles[1],
                  v + p * v_stride, m + p * m_stride, winograd->u + (task * POINTS + p) * u_stride, accumulate);
    }
  strata_scratch_pop (size);
}

/* For one input channel: adds up the chunks, in order, and makes nine weights of 16. */
static void
gather_task (gpointer data,
             guint    task,
             guint    thread)
{
  const Winograd *winograd = data;
  gint64 n = winograd->n_out, size = winograd->n_in * n;

  for (int p = 0; p < POINTS; p++)
    {
      float *restrict sum = winograd->u + p * size + task * n;

      for (gint64 chunk = 1; chunk < winograd->n_chunks; chunk++)
        {
          const float *restrict part = sum + chunk * POINTS * size;

          for (gint64 i = 0; i < n; i++)
            sum[i] += part[i];
        }
    }
  winograd->transforms->gather_weights (winograd->u + task * n, size, n, winograd->dw + task * n, size);
}

void
strata_winograd_backward_kernel (const StrataConvPlan *plan,
                                 const float          *x,
                                 const float          *dy,
                                 float                *dw)
{
  Winograd winograd = { .x = x, .dy = dy, .dw = dw };
  gsize size;

  init (&winograd, plan);
  cut_blocks (&winograd);
  winograd.n_chunks = MIN (winograd.n_blocks, MAX_CHUNKS);
  size = winograd.n_chunks * POINTS * winograd.n_in * winograd.n_out;
  winograd.u = strata_scratch_push (size);
  strata_pool_run (winograd.n_chunks, kernel_task, &winograd);
  strata_pool_run (winograd.n_in, gather_task, &winograd);
  strata_scratch_pop (size);
}
