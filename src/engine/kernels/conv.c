/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/conv-plan.h"
#include "kernels/conv-pointwise.h"
#include "kernels/depthwise.h"
#include "kernels/scratch.h"
#include "kernels/tile.h"
#include "kernels/winograd.h"
#include "tensor/pool.h"

/* Work worth a task of its own. */
#define TASK_FLOPS 0.25e6
/* So many slabs at least, if there are as many images, for the threads to share. */
#define MIN_SLABS 8

typedef struct
{
  StrataConvPlan plan;
  const StrataTileKernel *kernel;
  const float *x;
  const float *w;
  float *y;
  StrataEpilogue epilogue;
  gint64 w_group; /* from one group's columns of w to the next */
  gint64 ldw;
  gint64 slabs_per_task;
  gint64 n_column_parts;
} Forward;

static gint64
round_up (gint64 n,
          gint64 unit)
{
  return (n + unit - 1) / unit * unit;
}

/* Points the tile to its rows and moves on; returns how many rows. */
static gint64
fill_rows (const StrataConvSlab *slab,
           StrataConvCursor     *cursor,
           gint64                step,
           const float          *x,
           gint64                most,
           StrataTile           *tile)
{
  if (tile->adjacent)
    {
      gint64 height = MIN (most, slab->out[2] - cursor->x);

      tile->rows[0] = x + cursor->at;
      strata_conv_cursor_advance (cursor, slab, step, height);
      return height;
    }
  for (gint64 i = 0; i < most; i++)
    {
      tile->rows[i] = x + cursor->at;
      strata_conv_cursor_advance (cursor, slab, step, 1);
    }
  return most;
}

static void
convolve_columns (const Forward        *forward,
                  const StrataConvSlab *slab,
                  const StrataConvView *view,
                  const float          *x,
                  StrataTile           *tile,
                  gint64                column)
{
  const StrataConvPlan *plan = &forward->plan;
  gint64 step = plan->stride[2] * view->step[2];
  gint64 most = strata_tile_split (tile->adjacent ? slab->out[2] : slab->n_positions, forward->kernel->max_rows);
  gint64 at = slab->first_out * plan->out_channels + column;
  float *y = forward->y + at;
  const float *addend = forward->epilogue.addend != NULL ? forward->epilogue.addend + at : NULL;
  StrataConvCursor cursor;

  strata_conv_cursor_init (&cursor, plan, slab, view);
  for (gint64 position = 0; position < slab->n_positions; position += tile->height)
    {
      tile->height = fill_rows (slab, &cursor, step, x, MIN (most, slab->n_positions - position), tile);
      tile->c = y + position * plan->out_channels;
      tile->addend = addend != NULL ? addend + position * plan->out_channels : NULL;
      forward->kernel->run (tile);
    }
}

static void
convolve_slab (const Forward  *forward,
               StrataConvSlab *slab,
               gint64          part,
               gint64         *runs,
               float          *padded)
{
  const StrataConvPlan *plan = &forward->plan;
  const int most = forward->kernel->max_columns;
  gint64 n_panels = (plan->group_out + most - 1) / most;
  gint64 n_all = n_panels * plan->groups;
  StrataConvView view;
  const float *x = forward->x;
  StrataTile tile = {
    .runs = runs,
    .step = 1,
    .adjacent = plan->in_channels == 1 && plan->stride[2] == 1,
    .ldb = forward->ldw,
    .ldc = plan->out_channels,
    .kind = forward->epilogue.kind,
  };

  strata_conv_plan_view (plan, slab, &view);
  if (plan->padded)
    {
      strata_conv_plan_pad (plan, slab, x, padded);
      x = padded;
    }
  x += view.origin;
  tile.n_runs = strata_conv_plan_runs (plan, &view, runs, &tile.length);

  for (gint64 p = n_all * part / forward->n_column_parts; p < n_all * (part + 1) / forward->n_column_parts; p++)
    {
      gint64 group = p / n_panels;
      gint64 in_group = p % n_panels * most;
      gint64 column = group * plan->group_out + in_group;

      tile.width = MIN (most, plan->group_out - in_group);
      tile.b = forward->w + group * forward->w_group + in_group;
      tile.bias = forward->epilogue.bias != NULL ? forward->epilogue.bias + column : NULL;
      convolve_columns (forward, slab, &view, x + group * plan->group_in, &tile, column);
    }
}

static void
forward_task (gpointer data,
              guint    task,
              guint    thread)
{
  const Forward *forward = data;
  const StrataConvPlan *plan = &forward->plan;
  gsize pad_size = strata_conv_plan_pad_size (plan);
  gsize size = round_up (pad_size, 16) + 2 * plan->n_taps;
  float *scratch = strata_scratch_push (size);
  gint64 first = task / forward->n_column_parts * forward->slabs_per_task;
  gint64 end = MIN (first + forward->slabs_per_task, plan->n_slabs);

  for (gint64 i = first; i < end; i++)
    {
      StrataConvSlab slab;

      strata_conv_plan_get_slab (plan, i, &slab);
      convolve_slab (forward, &slab, task % forward->n_column_parts,
                     (gint64 *) (scratch + round_up (pad_size, 16)), scratch);
    }
  strata_scratch_pop (size);
}

/* Kernels whose columns are not whole vectors are copied to rows that are, a block a group. */
static gsize
packed_size (const Forward *forward)
{
  const StrataConvPlan *plan = &forward->plan;

  if (plan->group_out % forward->kernel->vector == 0)
    return 0;
  return plan->groups * plan->n_taps * plan->group_in * round_up (plan->group_out, forward->kernel->vector);
}

static void
pack_kernel (Forward *forward,
             float   *packed)
{
  const StrataConvPlan *plan = &forward->plan;
  gint64 depth = plan->n_taps * plan->group_in;

  forward->ldw = round_up (plan->group_out, forward->kernel->vector);
  forward->w_group = depth * forward->ldw;
  for (gint64 group = 0; group < plan->groups; group++)
    forward->kernel->pack (FALSE, depth, plan->group_out, forward->w + group * plan->group_out, plan->out_channels,
                           packed + group * forward->w_group, forward->ldw);
  forward->w = packed;
}

static void
run_forward (Forward *forward)
{
  const StrataConvPlan *plan = &forward->plan;
  const int most = forward->kernel->max_columns;
  gint64 n_panels = (plan->group_out + most - 1) / most * plan->groups;
  double flops = 2.0 * plan->batch * plan->n_positions * plan->out_channels * plan->n_taps * plan->group_in;
  gsize size = packed_size (forward);
  float *packed = NULL;
  gint64 n_tasks;

  forward->ldw = plan->out_channels;
  forward->w_group = plan->group_out;
  if (size > 0)
    {
      packed = strata_scratch_push (size);
      pack_kernel (forward, packed);
    }
  n_tasks = CLAMP (flops / TASK_FLOPS, 1, plan->n_slabs);
  forward->slabs_per_task = (plan->n_slabs + n_tasks - 1) / n_tasks;
  n_tasks = (plan->n_slabs + forward->slabs_per_task - 1) / forward->slabs_per_task;
  forward->n_column_parts = n_tasks < MIN_SLABS ? CLAMP (flops / TASK_FLOPS / n_tasks, 1, n_panels) : 1;
  strata_pool_run (n_tasks * forward->n_column_parts, forward_task, forward);
  if (size > 0)
    strata_scratch_pop (size);
}

/**
 * strata_conv_forward:
 *
 * Convolves (in the sense of networks: correlates) @x with the kernel @w.
 */
void
strata_conv_forward (const StrataConvShape *shape,
                     const float           *x,
                     const float           *w,
                     float                 *y,
                     const StrataEpilogue  *epilogue)
{
  Forward forward = {
    .kernel = strata_tile_kernel_get (),
    .x = x,
    .w = w,
    .y = y,
    .epilogue = epilogue != NULL ? *epilogue : (StrataEpilogue) { 0 },
  };

  strata_conv_plan_init (&forward.plan, shape, FALSE, MIN_SLABS);
  if (forward.plan.batch * forward.plan.n_positions == 0)
    return;
  if (strata_depthwise_can (&forward.plan))
    strata_depthwise_forward (&forward.plan, x, w, y, &forward.epilogue);
  else if (forward.plan.gemm_m > 0)
    strata_gemm (FALSE, FALSE, forward.plan.gemm_m, forward.plan.out_channels, forward.plan.gemm_k,
                 x, forward.plan.gemm_k, w, forward.plan.out_channels, 0.0f,
                 y, forward.plan.out_channels, epilogue);
  else if (strata_pointwise_can (&forward.plan))
    strata_pointwise_forward (&forward.plan, x, w, y, &forward.epilogue);
  else if (strata_winograd_can_forward (&forward.plan))
    strata_winograd_forward (&forward.plan, x, w, y, &forward.epilogue);
  else
    run_forward (&forward);
}

/**
 * strata_conv_get_prepared:
 *
 * Returns: how many numbers the weights have that strata_conv_prepare() makes
 *   for a convolution of this shape; 0 where they are best as they are
 */
gsize
strata_conv_get_prepared (const StrataConvShape *shape)
{
  StrataConvPlan plan;

  strata_conv_plan_init (&plan, shape, FALSE, MIN_SLABS);
  return plan.gemm_m == 0 ? strata_winograd_get_prepared (&plan) : 0;
}

/**
 * strata_conv_prepare:
 * @w: weights that many convolutions use
 * @prepared: (out): the same, arranged for strata_conv_forward_prepared()
 *
 * The arrangement is the same on all instruction sets.
 */
void
strata_conv_prepare (const StrataConvShape *shape,
                     const float           *w,
                     float                 *prepared)
{
  StrataConvPlan plan;

  strata_conv_plan_init (&plan, shape, FALSE, MIN_SLABS);
  strata_winograd_prepare (&plan, w, prepared);
}

/**
 * strata_conv_forward_prepared:
 *
 * strata_conv_forward() with weights from strata_conv_prepare().
 */
void
strata_conv_forward_prepared (const StrataConvShape *shape,
                              const float           *x,
                              const float           *prepared,
                              float                 *y,
                              const StrataEpilogue  *epilogue)
{
  static const StrataEpilogue none = { 0 };
  StrataConvPlan plan;

  strata_conv_plan_init (&plan, shape, FALSE, MIN_SLABS);
  strata_winograd_forward_prepared (&plan, x, prepared, y, epilogue != NULL ? epilogue : &none);
}
