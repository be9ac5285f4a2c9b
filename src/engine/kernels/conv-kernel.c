/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/conv-plan.h"
#include "kernels/conv-pointwise.h"
#include "kernels/depthwise.h"
#include "kernels/pooled-conv.h"
#include "kernels/scratch.h"
#include "kernels/tile.h"
#include "kernels/winograd.h"
#include "tensor/pool.h"

#include <string.h>

/* The gradient at the kernel: a product whose left factor is the transposed
 * patches, read from where they are, and that sums over all positions. Slabs
 * are shared out to a number of chunks that depends on the shape only; each has
 * its own sum, and the sums are added in order. */

#define TASK_FLOPS 0.25e6
#define MAX_SMALL_TASKS 8
/* More than that many tasks, for many cores, are worth it from this much work a task on. */
#define BIG_TASK_FLOPS 16e6
#define MAX_TASKS 16
/* Positions worth a partial sum of their own; otherwise tasks share rows. */
#define CHUNK_POSITIONS 512
/* Numbers all partial sums may have together. */
#define MAX_PARTIAL (1024 * 1024)
#define SUM_BLOCK (16 * 1024)

/* Numbers of an image of output whose gradient is worth spreading just before it is summed up: of a cache's size. */
#define MAX_POOLED (128 * 1024)

/* Runs shorter than this make too low tiles, so tiles take rows of several. */
#define MIN_RUN 8

typedef struct
{
  StrataConvPlan plan;
  const StrataTileKernel *kernel;
  const float *x;
  const float *dy;
  const StrataPooledGradient *pooled; /* instead of dy, or %NULL */
  float *dw;
  float *partial;
  gint64 dw_size;
  gint64 n_chunks;
  gint64 n_parts;
  gint64 run_length; /* rows of the kernel that lie together in the input */
  gboolean adjacent;
  gint64 span; /* rows that are cut into tiles together: a run, or all of a group */
  gint64 height; /* of a tile */
  gint64 span_tiles;
  gint64 n_tiles; /* of a group */
  gint64 n_lines; /* of the largest slab */
} Backward;

typedef struct
{
  const Backward *backward;
  const StrataConvSlab *slab;
  const float *x;
  const float *dy;
  const gint64 *rows;  /* offset of each run of rows */
  const gint64 *lines; /* offset of each line of outputs */
  float *packed;
  float *dw;
  gboolean accumulate;
} Slab;

static gint64
round_up (gint64 n,
          gint64 unit)
{
  return (n + unit - 1) / unit * unit;
}

/* Points the tile to its rows, from @row of the kernel of a group on. */
static void
fill_rows (const Slab  *slab,
           StrataTile  *tile,
           const float *x,
           gint64       row)
{
  gint64 length = slab->backward->run_length;
  gint64 run = row / length, in_run = row % length;

  for (int i = 0; i < (tile->adjacent ? 1 : tile->height); i++)
    {
      tile->rows[i] = x + slab->rows[run] + in_run;
      if (++in_run == length)
        {
          in_run = 0;
          run++;
        }
    }
}

/* Tiles @first to @end of the rows of the kernel of one group. */
static void
add_group (const Slab *slab,
           gint64      group,
           gint64      first,
           gint64      end)
{
  const Backward *backward = slab->backward;
  const StrataConvPlan *plan = &backward->plan;
  const StrataTileKernel *kernel = backward->kernel;
  StrataTile tile = {
    .runs = slab->lines,
    .n_runs = slab->slab->n_positions / slab->slab->out[2],
    .length = slab->slab->out[2],
    .step = plan->stride[2] * plan->in_channels,
    .adjacent = backward->adjacent,
    .ldc = plan->out_channels,
    .accumulate = slab->accumulate,
  };

  for (gint64 j = 0; j < plan->group_out; j += kernel->max_columns)
    {
      gint64 column = group * plan->group_out + j;
      int padded;

      tile.width = MIN (kernel->max_columns, plan->group_out - j);
      tile.b = slab->dy + column;
      tile.ldb = plan->out_channels;
      padded = round_up (tile.width, kernel->vector);
      if (padded != tile.width)
        {
          kernel->pack (FALSE, slab->slab->n_positions, tile.width, tile.b, tile.ldb, slab->packed, padded);
          tile.b = slab->packed;
          tile.ldb = padded;
        }
      for (gint64 i = first; i < end; i++)
        {
          gint64 row = i / backward->span_tiles * backward->span + i % backward->span_tiles * backward->height;

          tile.height = MIN (backward->height, backward->span - i % backward->span_tiles * backward->height);
          tile.c = slab->dw + row * plan->out_channels + column;
          fill_rows (slab, &tile, slab->x + group * plan->group_in, row);
          kernel->run (&tile);
        }
    }
}

static void
add_slab (Slab   *slab,
          gint64  part)
{
  const Backward *backward = slab->backward;
  gint64 n_all = backward->plan.groups * backward->n_tiles;
  gint64 first = n_all * part / backward->n_parts, end = n_all * (part + 1) / backward->n_parts;

  while (first < end)
    {
      gint64 group = first / backward->n_tiles;
      gint64 stop = MIN (end, (group + 1) * backward->n_tiles);

      add_group (slab, group, first - group * backward->n_tiles, stop - group * backward->n_tiles);
      first = stop;
    }
}

static void
find_lines (const StrataConvPlan *plan,
            const StrataConvSlab *slab,
            const StrataConvView *view,
            gint64               *lines)
{
  gint64 n_lines = slab->n_positions / slab->out[2];
  StrataConvCursor cursor;

  strata_conv_cursor_init (&cursor, plan, slab, view);
  for (gint64 line = 0; line < n_lines; line++)
    {
      lines[line] = cursor.at;
      strata_conv_cursor_advance (&cursor, slab, plan->stride[2] * view->step[2], slab->out[2]);
    }
}

/* The gradient at the output of a slab of whole images. */
static void
spread (const Backward       *backward,
        const StrataConvSlab *slab,
        float                *dy)
{
  const StrataPooledGradient *pooled = backward->pooled;
  StrataPoolingShape shape = pooled->pooling;
  gint64 image_in = backward->plan.n_positions * shape.channels, image_out = shape.channels;

  for (int d = 0; d < shape.nd; d++)
    image_out *= shape.out[d];
  shape.batch = slab->n_images;
  strata_pooling_max_backward (&shape, pooled->y + slab->image * image_in, pooled->pooled + slab->image * image_out,
                               pooled->dpooled + slab->image * image_out, dy);
}

static void
kernel_task (gpointer data,
             guint    task,
             guint    thread)
{
  const Backward *backward = data;
  const StrataConvPlan *plan = &backward->plan;
  gint64 chunk = task / backward->n_parts;
  gint64 first = plan->n_slabs * chunk / backward->n_chunks, end = plan->n_slabs * (chunk + 1) / backward->n_chunks;
  gsize pad_size = round_up (strata_conv_plan_pad_size (plan), 16);
  gsize packed_size = backward->n_lines * plan->out[2] * backward->kernel->max_columns;
  gsize dy_size = backward->pooled != NULL ? round_up (backward->n_lines * plan->out[2] * plan->out_channels, 16) : 0;
  gsize size = pad_size + packed_size + dy_size + 2 * (plan->n_taps + backward->n_lines);
  float *scratch = strata_scratch_push (size), *dy = scratch + pad_size + packed_size;
  gint64 *rows = (gint64 *) (dy + dy_size);
  gint64 *lines = rows + plan->n_taps;
  StrataConvSlab conv_slab;
  StrataConvView view;
  Slab slab = {
    .backward = backward,
    .slab = &conv_slab,
    .rows = rows,
    .lines = lines,
    .packed = scratch + pad_size,
    .dw = chunk == 0 ? backward->dw : backward->partial + (chunk - 1) * backward->dw_size,
  };

  for (gint64 i = first; i < end; i++)
    {
      gint64 length;

      strata_conv_plan_get_slab (plan, i, &conv_slab);
      strata_conv_plan_view (plan, &conv_slab, &view);
      strata_conv_plan_runs (plan, &view, rows, &length);
      find_lines (plan, &conv_slab, &view, lines);
      if (plan->padded)
        strata_conv_plan_pad (plan, &conv_slab, backward->x, scratch);
      slab.x = (plan->padded ? scratch : backward->x) + view.origin;
      if (backward->pooled != NULL)
        spread (backward, &conv_slab, dy);
      slab.dy = backward->pooled != NULL ? dy : backward->dy + conv_slab.first_out * plan->out_channels;
      slab.accumulate = i > first;
      add_slab (&slab, task % backward->n_parts);
    }
  strata_scratch_pop (size);
}

static void
sum_task (gpointer data,
          guint    task,
          guint    thread)
{
  const Backward *backward = data;
  gint64 first = (gint64) task * SUM_BLOCK;
  gint64 n = MIN (SUM_BLOCK, backward->dw_size - first);
  float *restrict dw = backward->dw + first;

  for (gint64 chunk = 1; chunk < backward->n_chunks; chunk++)
    {
      const float *restrict partial = backward->partial + (chunk - 1) * backward->dw_size + first;

      for (gint64 i = 0; i < n; i++)
        dw[i] += partial[i];
    }
}

/* The largest power of two up to @n: work that is halved is shared evenly. */
static gint64
floor_power (gint64 n)
{
  return (gint64) 1 << (g_bit_storage (n) - 1);
}

static void
run_backward (Backward *backward)
{
  const StrataConvPlan *plan = &backward->plan;
  double flops = 2.0 * plan->batch * plan->n_positions * plan->out_channels * plan->n_taps * plan->group_in;
  gint64 n_tasks = CLAMP (flops / BIG_TASK_FLOPS, CLAMP (flops / TASK_FLOPS, 1, MAX_SMALL_TASKS), MAX_TASKS);
  gint64 n_rows = plan->n_taps * plan->group_in;
  StrataConvSlab slab;
  gsize size;

  strata_conv_plan_get_slab (plan, 0, &slab);
  backward->n_lines = slab.n_positions / slab.out[2];
  backward->dw_size = n_rows * plan->out_channels;
  backward->run_length = plan->groups == 1 && plan->dilation[2] == 1 ? plan->kernel[2] * plan->group_in
                                                                     : plan->group_in;
  backward->adjacent = backward->run_length >= MIN_RUN;
  backward->span = backward->adjacent ? backward->run_length : n_rows;
  backward->height = strata_tile_split (backward->span, backward->kernel->max_rows);
  backward->span_tiles = (backward->span + backward->height - 1) / backward->height;
  backward->n_tiles = n_rows / backward->span * backward->span_tiles;
  backward->n_chunks = MIN (plan->batch * plan->n_positions / CHUNK_POSITIONS, MAX_PARTIAL / backward->dw_size);
  backward->n_chunks = floor_power (CLAMP (backward->n_chunks, 1, MIN (MIN (n_tasks, MAX_SMALL_TASKS), plan->n_slabs)));
  backward->n_parts = CLAMP (n_tasks / backward->n_chunks, 1, plan->groups * backward->n_tiles);
  size = (backward->n_chunks - 1) * backward->dw_size;
  backward->partial = strata_scratch_push (size);
  strata_pool_run (backward->n_chunks * backward->n_parts, kernel_task, backward);
  if (backward->n_chunks > 1)
    strata_pool_run ((backward->dw_size + SUM_BLOCK - 1) / SUM_BLOCK, sum_task, backward);
  strata_scratch_pop (size);
}

/**
 * strata_conv_backward_kernel:
 * @dy: gradient of the loss at the output
 * @dw: (out): gradient at the kernel
 */
void
strata_conv_backward_kernel (const StrataConvShape *shape,
                             const float           *x,
                             const float           *dy,
                             float                 *dw)
{
  Backward backward = { .kernel = strata_tile_kernel_get (), .x = x, .dy = dy, .dw = dw };
  StrataConvPlan *plan = &backward.plan;

  strata_conv_plan_init (plan, shape, FALSE, 1);
  if (plan->batch * plan->n_positions == 0)
    memset (dw, 0, plan->n_taps * plan->group_in * plan->out_channels * sizeof (float));
  else if (plan->gemm_m > 0)
    strata_gemm (TRUE, FALSE, plan->gemm_k, plan->out_channels, plan->gemm_m, x, plan->gemm_k,
                 dy, plan->out_channels, 0.0f, dw, plan->out_channels, NULL);
  else if (strata_depthwise_can (plan))
    strata_depthwise_backward_kernel (plan, x, dy, dw);
  else if (strata_pointwise_can (plan))
    strata_pointwise_backward_kernel (plan, x, dy, dw);
  else if (strata_winograd_can_kernel (plan))
    strata_winograd_backward_kernel (plan, x, dy, dw);
  else
    run_backward (&backward);
}

/**
 * strata_conv_can_pooled:
 *
 * Returns: whether strata_conv_backward_kernel_pooled() is worth it
 */
gboolean
strata_conv_can_pooled (const StrataConvShape *shape)
{
  StrataConvPlan plan;

  strata_conv_plan_init (&plan, shape, TRUE, 1);
  return plan.gemm_m == 0 && !strata_depthwise_can (&plan) && !strata_pointwise_can (&plan) &&
         !strata_winograd_can_kernel (&plan) && plan.n_positions * plan.out_channels <= MAX_POOLED;
}

/**
 * strata_conv_backward_kernel_pooled:
 * @shape: of a convolution for which strata_conv_can_pooled() holds
 * @dy: gradient of the loss after max pooling
 * @dw: (out): gradient at the kernel
 *
 * What max pooling passes back is mostly zeros: it never reaches memory.
 */
void
strata_conv_backward_kernel_pooled (const StrataConvShape      *shape,
                                    const float                *x,
                                    const StrataPooledGradient *dy,
                                    float                      *dw)
{
  Backward backward = { .kernel = strata_tile_kernel_get (), .x = x, .pooled = dy, .dw = dw };
  StrataConvPlan *plan = &backward.plan;

  strata_conv_plan_init (plan, shape, TRUE, 1);
  if (plan->batch * plan->n_positions == 0)
    memset (dw, 0, plan->n_taps * plan->group_in * plan->out_channels * sizeof (float));
  else if (strata_pooled_conv_can (plan, &dy->pooling))
    strata_pooled_conv_backward_kernel (plan, x, dy, dw);
  else
    run_backward (&backward);
}
