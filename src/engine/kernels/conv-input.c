/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/conv-plan.h"
#include "kernels/conv-pointwise.h"
#include "kernels/depthwise.h"
#include "kernels/scratch.h"
#include "kernels/tile.h"
#include "kernels/winograd.h"
#include "tensor/pool.h"

#include <string.h>

/* The gradient at the input: for each tap of the kernel, rows of output
 * gradients times the transposed weights of the tap are added to the cells of
 * the input that the tap saw. This does exactly the products of the forward
 * pass, whatever stride and dilation. */

typedef struct
{
  StrataConvPlan plan;
  const StrataTileKernel *kernel;
  const float *dy;
  const float *w;
  float *packed; /* for each group, tap and panel of input channels */
  float *dx;
  gint64 ldw;
  gint64 n_column_parts;
  gboolean narrow; /* channels of all taps are columns of one product */
} Backward;

/* What one task works at: some channels of a slab. */
typedef struct
{
  const Backward *backward;
  const StrataConvSlab *slab;
  const StrataConvView *view;
  const gint64 *taps;
  float *dx;
} Slab;

#define TASK_FLOPS 0.25e6
/* Positions that the narrow way does at once. */
#define BLOCK_POSITIONS 128
#define MIN_SLABS 8

static gint64
round_up (gint64 n,
          gint64 unit)
{
  return (n + unit - 1) / unit * unit;
}

static gint64
count_panels (const Backward *backward)
{
  return (backward->plan.group_in + backward->kernel->max_columns - 1) / backward->kernel->max_columns;
}

/* The weights of a group and tap from input channel @channel on, transposed. */
static float *
find_weights (const Backward *backward,
              gint64          group,
              gint64          tap,
              gint64          channel)
{
  const StrataConvPlan *plan = &backward->plan;
  gint64 block = plan->group_out * backward->ldw;

  return backward->packed + (group * plan->n_taps + tap) * block + channel * plan->group_out;
}

static void
add_columns (const Slab *slab,
             gint64      group,
             gint64      channel,
             int         width)
{
  static const gint64 no_run[1] = { 0 };
  const StrataConvPlan *plan = &slab->backward->plan;
  const StrataTileKernel *kernel = slab->backward->kernel;
  const float *dy = slab->backward->dy + slab->slab->first_out * plan->out_channels + group * plan->group_out;
  float *dx = slab->dx + group * plan->group_in + channel;
  gint64 height = strata_tile_split (slab->slab->n_positions, kernel->max_rows);
  gint64 step = plan->stride[2] * slab->view->step[2];
  float *cells[STRATA_TILE_MAX_ROWS], *c_rows[STRATA_TILE_MAX_ROWS];
  StrataConvCursor cursor;
  StrataTile tile = {
    .runs = no_run,
    .n_runs = 1,
    .length = plan->group_out,
    .step = 1,
    .ldb = MIN (kernel->max_columns, slab->backward->ldw - channel),
    .c_rows = c_rows,
    .width = width,
    .accumulate = TRUE,
  };

  strata_conv_cursor_init (&cursor, plan, slab->slab, slab->view);
  for (gint64 position = 0; position < slab->slab->n_positions; position += height)
    {
      tile.height = MIN (height, slab->slab->n_positions - position);
      for (int i = 0; i < tile.height; i++)
        {
          tile.rows[i] = dy + (position + i) * plan->out_channels;
          cells[i] = dx + cursor.at;
          strata_conv_cursor_advance (&cursor, slab->slab, step, 1);
        }
      for (gint64 tap = 0; tap < plan->n_taps; tap++)
        {
          for (int i = 0; i < tile.height; i++)
            c_rows[i] = cells[i] + slab->taps[tap];
          tile.b = find_weights (slab->backward, group, tap, channel);
          kernel->run (&tile);
        }
    }
}

/* Products for positions of a slab, a column for each tap and channel. */
static void
multiply_narrow (const Backward *backward,
                 const float    *dy,
                 gint64          n_positions,
                 float          *products)
{
  static const gint64 no_run[1] = { 0 };
  const StrataConvPlan *plan = &backward->plan;
  const int most = backward->kernel->max_columns;
  gint64 height = strata_tile_split (n_positions, backward->kernel->max_rows);
  StrataTile tile = {
    .runs = no_run, .n_runs = 1, .length = plan->out_channels, .step = 1, .ldc = backward->ldw,
  };

  for (gint64 column = 0; column < backward->ldw; column += most)
    for (gint64 position = 0; position < n_positions; position += height)
      {
        tile.height = MIN (height, n_positions - position);
        tile.width = tile.ldb = MIN (most, backward->ldw - column);
        tile.b = backward->packed + column * plan->out_channels;
        tile.c = products + position * backward->ldw + column;
        for (int i = 0; i < tile.height; i++)
          tile.rows[i] = dy + (position + i) * plan->out_channels;
        backward->kernel->run (&tile);
      }
}

/* With fewer input channels than a vector has numbers, a product a tap would
 * be mostly air: all taps are multiplied at once and added where they belong. */
static void
add_narrow (const Slab *slab)
{
  const Backward *backward = slab->backward;
  const StrataConvPlan *plan = &backward->plan;
  const float *dy = backward->dy + slab->slab->first_out * plan->out_channels;
  gint64 step = plan->stride[2] * slab->view->step[2];
  gsize size = BLOCK_POSITIONS * backward->ldw;
  float *products = strata_scratch_push (size);
  StrataConvCursor cursor;

  strata_conv_cursor_init (&cursor, plan, slab->slab, slab->view);
  for (gint64 position = 0; position < slab->slab->n_positions; position += BLOCK_POSITIONS)
    {
      gint64 n = MIN (BLOCK_POSITIONS, slab->slab->n_positions - position);

      multiply_narrow (backward, dy + position * plan->out_channels, n, products);
      for (gint64 i = 0; i < n; i++)
        {
          const float *product = products + i * backward->ldw;

          for (gint64 tap = 0; tap < plan->n_taps; tap++, product += plan->in_channels)
            for (gint64 c = 0; c < plan->in_channels; c++)
              slab->dx[cursor.at + slab->taps[tap] + c] += product[c];
          strata_conv_cursor_advance (&cursor, slab->slab, step, 1);
        }
    }
  strata_scratch_pop (size);
}

static void
clear_channels (float  *dx,
                gint64  n_cells,
                gint64  n_channels,
                gint64  from,
                gint64  to)
{
  if (to - from == n_channels)
    memset (dx, 0, n_cells * n_channels * sizeof (float));
  else
    for (gint64 cell = 0; cell < n_cells; cell++)
      memset (dx + cell * n_channels + from, 0, (to - from) * sizeof (float));
}

/* The first channel of panel @index, counted over all groups. */
static gint64
find_channel (const Backward *backward,
              gint64          index)
{
  const StrataConvPlan *plan = &backward->plan;
  gint64 n_panels = count_panels (backward);

  return index / n_panels * plan->group_in + index % n_panels * backward->kernel->max_columns;
}

static void
run_slab (const Backward       *backward,
          const StrataConvSlab *conv_slab,
          gint64                part,
          float                *padded,
          gint64               *taps)
{
  const StrataConvPlan *plan = &backward->plan;
  gint64 n_panels = count_panels (backward);
  gint64 first = n_panels * plan->groups * part / backward->n_column_parts;
  gint64 end = n_panels * plan->groups * (part + 1) / backward->n_column_parts;
  gint64 from = find_channel (backward, first), to = find_channel (backward, end);
  gint64 in_cells = plan->in[0] * plan->in[1] * plan->in[2];
  StrataConvView view;
  Slab slab = { .backward = backward, .slab = conv_slab, .view = &view, .taps = taps };

  strata_conv_plan_view (plan, conv_slab, &view);
  strata_conv_plan_taps (plan, &view, taps);
  slab.dx = (plan->padded ? padded : backward->dx) + view.origin;
  clear_channels (backward->dx + conv_slab->image * in_cells * plan->in_channels, conv_slab->n_images * in_cells,
                  plan->in_channels, from, to);
  if (plan->padded)
    clear_channels (padded, conv_slab->n_images * view.image / plan->in_channels, plan->in_channels, from, to);
  if (backward->narrow)
    add_narrow (&slab);
  for (gint64 p = first; p < end && !backward->narrow; p++)
    {
      gint64 channel = p % n_panels * backward->kernel->max_columns;

      add_columns (&slab, p / n_panels, channel, MIN (backward->kernel->max_columns, plan->group_in - channel));
    }
  if (plan->padded)
    strata_conv_plan_unpad (plan, conv_slab, padded, from, to, backward->dx);
}

static void
input_task (gpointer data,
            guint    task,
            guint    thread)
{
  const Backward *backward = data;
  const StrataConvPlan *plan = &backward->plan;
  gsize pad_size = round_up (strata_conv_plan_pad_size (plan), 16);
  gsize size = pad_size + 2 * plan->n_taps;
  float *scratch = strata_scratch_push (size);
  StrataConvSlab slab;

  strata_conv_plan_get_slab (plan, task / backward->n_column_parts, &slab);
  run_slab (backward, &slab, task % backward->n_column_parts, scratch, (gint64 *) (scratch + pad_size));
  strata_scratch_pop (size);
}

/* Packs the weights of one tap and group, transposed. */
static void
pack_task (gpointer data,
           guint    task,
           guint    thread)
{
  const Backward *backward = data;
  const StrataConvPlan *plan = &backward->plan;
  const int most = backward->kernel->max_columns;
  gint64 group = task / plan->n_taps, tap = task % plan->n_taps;

  for (gint64 channel = 0; channel < plan->group_in; channel += most)
    backward->kernel->pack (TRUE, plan->group_out, MIN (most, plan->group_in - channel),
                            backward->w + (tap * plan->group_in + channel) * plan->out_channels +
                              group * plan->group_out,
                            plan->out_channels, find_weights (backward, group, tap, channel),
                            MIN (most, backward->ldw - channel));
}

static void
pack_narrow (const Backward *backward)
{
  const StrataConvPlan *plan = &backward->plan;
  const int most = backward->kernel->max_columns;
  gint64 n = plan->n_taps * plan->in_channels;

  for (gint64 column = 0; column < n; column += most)
    backward->kernel->pack (TRUE, plan->out_channels, MIN (most, n - column),
                            backward->w + column * plan->out_channels, plan->out_channels,
                            backward->packed + column * plan->out_channels, MIN (most, backward->ldw - column));
}

static void
run_backward (Backward *backward)
{
  const StrataConvPlan *plan = &backward->plan;
  double flops = 2.0 * plan->batch * plan->n_positions * plan->out_channels * plan->n_taps * plan->group_in;
  gint64 n_panels = count_panels (backward) * plan->groups;
  gsize size;

  backward->narrow = plan->groups == 1 && plan->in_channels < backward->kernel->vector;
  backward->ldw = round_up (backward->narrow ? plan->n_taps * plan->in_channels : plan->group_in,
                            backward->kernel->vector);
  size = plan->out_channels * backward->ldw * (backward->narrow ? 1 : plan->n_taps);
  backward->packed = strata_scratch_push (size);
  if (backward->narrow)
    pack_narrow (backward);
  else
    strata_pool_run (plan->groups * plan->n_taps, pack_task, backward);
  backward->n_column_parts = plan->n_slabs < MIN_SLABS ? CLAMP (flops / TASK_FLOPS / plan->n_slabs, 1, n_panels) : 1;
  strata_pool_run (plan->n_slabs * backward->n_column_parts, input_task, backward);
  strata_scratch_pop (size);
}

/**
 * strata_conv_backward_input:
 * @dy: gradient of the loss at the output
 * @dx: (out): gradient at the input
 */
void
strata_conv_backward_input (const StrataConvShape *shape,
                            const float           *dy,
                            const float           *w,
                            float                 *dx)
{
  Backward backward = { .kernel = strata_tile_kernel_get (), .dy = dy, .w = w, .dx = dx };
  StrataConvPlan *plan = &backward.plan;

  strata_conv_plan_init (plan, shape, TRUE, MIN_SLABS);
  if (plan->batch == 0)
    return;
  if (plan->n_positions == 0)
    memset (dx, 0, plan->batch * plan->in[0] * plan->in[1] * plan->in[2] * plan->in_channels * sizeof (float));
  else if (plan->gemm_m > 0)
    strata_gemm (FALSE, TRUE, plan->gemm_m, plan->gemm_k, plan->out_channels, dy, plan->out_channels,
                 w, plan->out_channels, 0.0f, dx, plan->gemm_k, NULL);
  else if (strata_depthwise_can (plan))
    strata_depthwise_backward_input (plan, dy, w, dx);
  else if (strata_pointwise_can (plan))
    strata_pointwise_backward_input (plan, dy, w, dx);
  else if (strata_winograd_can_input (plan))
    strata_winograd_backward_input (plan, dy, w, dx);
  else
    run_backward (&backward);
}
