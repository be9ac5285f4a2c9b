/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/expanded-conv.h"

#include "kernels/depthwise.h"
#include "kernels/scratch.h"
#include "kernels/tile.h"
#include "tensor/pool.h"

#include <string.h>

/* Channels done together: whole vectors of every instruction set. */
#define BLOCK STRATA_TILE_MAX_COLUMNS
#define CHANNEL_UNIT 16
/* Numbers of a strip: half of a second-level cache. */
#define STRIP 65536
/* So many tasks at least, where an image has lines enough to be split, and at most. */
#define MIN_TASKS 16
#define MAX_TASKS 64
#define MIN_LINES 8

/*
 * What the pointwise convolution makes is several times as large as what it
 * sees and what the depthwise one leaves, and would go through memory twice. So
 * it is made a strip at a time: some lines of some channels of one image, with
 * the zeros around it, which the depthwise convolution then finds in the cache.
 * Lines that two strips see are kept from the one before.
 */
typedef struct
{
  StrataConvPlan plan;
  const StrataExpansion *expansion;
  const StrataTileKernel *tiles;
  const StrataDepthwiseKernel *depthwise;
  const StrataEpilogue *epilogue;
  const float *w;
  float *y;
  gint64 n_blocks;            /* of channels */
  gint64 parts, part_lines;   /* of an image, and lines of output of each */
  gint64 slabs_per_task;      /* a slab is such a part */
  gint64 strip_lines;         /* lines of output of a strip */
  gint64 window, cells, kept; /* lines that a line of output sees; cells of a line of a strip; lines of a strip */
} Expanded;

/* A strip of the channels from @channel on. */
typedef struct
{
  const Expanded *expanded;
  gint64 image;
  gint64 channel, width;
  const float *panels; /* the weights of these channels */
  const gint64 *taps;
  float *lines;
  gint64 first, end; /* which lines of the image it has, those of padding included */
} Strip;

/* Lines @from to @end of the image, all of them there, to where @to is. */
static void
expand (const Strip *strip,
        gint64       from,
        gint64       end,
        float       *to)
{
  static const gint64 no_run[1] = { 0 };
  const Expanded *expanded = strip->expanded;
  const StrataConvPlan *plan = &expanded->plan;
  const StrataExpansion *expansion = expanded->expansion;
  gint64 length = plan->in[2], k = expansion->n_features, n = (end - from) * length;
  const float *x = expansion->x + (strip->image * plan->in[1] + from) * length * k;
  int most = expanded->tiles->max_columns;

  to += plan->pad[2] * strip->width;
  for (gint64 column = 0; column < strip->width; column += most)
    {
      float *c[STRATA_TILE_MAX_ROWS];
      StrataTile tile = {
        .runs = no_run, .n_runs = 1, .length = k, .step = 1, .c_rows = c,
        .width = MIN (most, strip->width - column), .b = strip->panels + column * k,
        .bias = expansion->bias + strip->channel + column, .kind = expansion->kind,
      };
      gint64 line = 0, cell = 0;

      tile.ldb = tile.width;
      for (gint64 i = 0; i < n; i += tile.height)
        {
          tile.height = strata_tile_split (n - i, expanded->tiles->max_rows);
          for (int r = 0; r < tile.height; r++)
            {
              tile.rows[r] = x + (i + r) * k;
              c[r] = to + (line * expanded->cells + cell) * strip->width + column;
              if (++cell == length)
                {
                  cell = 0;
                  line++;
                }
            }
          expanded->tiles->run (&tile);
        }
    }
}

/* Moves the strip on to lines @first to @end: what it had of them stays, others are zeros or made. */
static void
move_strip (Strip  *strip,
            gint64  first,
            gint64  end)
{
  gint64 height = strip->expanded->plan.in[1], n = strip->expanded->cells * strip->width;
  gint64 kept = MAX (strip->end - first, 0), from = first + kept;
  gint64 above = CLAMP (-from, 0, end - from), below = CLAMP (end - height, 0, end - from);

  if (kept > 0)
    memmove (strip->lines, strip->lines + (first - strip->first) * n, kept * n * sizeof (float));
  memset (strip->lines + kept * n, 0, above * n * sizeof (float));
  if (from + above < end - below)
    expand (strip, from + above, end - below, strip->lines + (kept + above) * n);
  memset (strip->lines + (end - below - first) * n, 0, below * n * sizeof (float));
  strip->first = first;
  strip->end = end;
}

static void
convolve (const Strip *strip,
          gint64       first,
          gint64       end)
{
  const Expanded *expanded = strip->expanded;
  const StrataConvPlan *plan = &expanded->plan;
  StrataEpilogue epilogue = *expanded->epilogue;
  StrataDepthwiseLine line = {
    .length = plan->out[2],
    .step = plan->stride[2] * strip->width,
    .n_channels = strip->width,
    .ldw = plan->in_channels,
    .ldy = plan->in_channels,
    .n_taps = plan->n_taps,
    .taps = strip->taps,
    .n_run = strata_depthwise_get_run (plan),
    .epilogue = &epilogue,
  };

  if (epilogue.bias != NULL)
    epilogue.bias += strip->channel;
  for (gint64 o = first; o < end; o++)
    {
      gint64 at = o * plan->stride[1] - plan->pad[1] - strip->first;
      gint64 out = (strip->image * plan->out[1] + o) * plan->out[2] * plan->in_channels + strip->channel;

      expanded->depthwise->forward (&line, strip->lines + at * expanded->cells * strip->width,
                                    expanded->w + strip->channel, expanded->y + out);
    }
}

static void
run_slab (Strip  *strip,
          gint64  first,
          gint64  end)
{
  const Expanded *expanded = strip->expanded;
  const StrataConvPlan *plan = &expanded->plan;
  gint64 step = strata_tile_split (end - first, expanded->strip_lines);

  strip->first = strip->end = G_MININT32;
  for (gint64 o = first; o < end; o += step)
    {
      gint64 last = MIN (o + step, end), line = o * plan->stride[1] - plan->pad[1];

      move_strip (strip, line, (last - 1) * plan->stride[1] - plan->pad[1] + expanded->window);
      convolve (strip, o, last);
    }
}

static void
pack (const Strip *strip,
      float       *panels)
{
  const Expanded *expanded = strip->expanded;
  gint64 k = expanded->expansion->n_features, most = expanded->tiles->max_columns;

  for (gint64 column = 0; column < strip->width; column += most)
    {
      int width = MIN (most, strip->width - column);

      expanded->tiles->pack (FALSE, k, width, expanded->expansion->w + strip->channel + column,
                             expanded->plan.in_channels, panels + column * k, width);
    }
}

static void
run_task (gpointer data,
          guint    task,
          guint    thread)
{
  const Expanded *expanded = data;
  const StrataConvPlan *plan = &expanded->plan;
  gint64 channel = task % expanded->n_blocks * BLOCK, width = MIN (BLOCK, plan->in_channels - channel);
  gint64 from = task / expanded->n_blocks * expanded->slabs_per_task;
  gint64 end = MIN (from + expanded->slabs_per_task, plan->batch * expanded->parts);
  gsize panels_size = BLOCK * expanded->expansion->n_features, strip_size = expanded->kept * expanded->cells * width;
  gsize size = panels_size + strip_size + 2 * plan->n_taps;
  float *scratch = strata_scratch_push (size);
  gint64 *taps = (gint64 *) (scratch + panels_size + strip_size);
  StrataConvView view = { .step = { 0, expanded->cells * width, width } };
  Strip strip = {
    .expanded = expanded, .channel = channel, .width = width, .panels = scratch, .taps = taps,
    .lines = scratch + panels_size,
  };

  strata_conv_plan_taps (plan, &view, taps);
  pack (&strip, scratch);
  memset (strip.lines, 0, strip_size * sizeof (float));
  for (gint64 slab = from; slab < end; slab++)
    {
      gint64 first = slab % expanded->parts * expanded->part_lines;

      strip.image = slab / expanded->parts;
      run_slab (&strip, first, MIN (first + expanded->part_lines, plan->out[1]));
    }
  strata_scratch_pop (size);
}

/* Cuts the work into tasks, by shape alone. */
static void
plan_strips (Expanded *expanded)
{
  const StrataConvPlan *plan = &expanded->plan;
  gint64 lines = plan->out[1], slabs;

  expanded->n_blocks = (plan->in_channels + BLOCK - 1) / BLOCK;
  expanded->parts = CLAMP (MIN_TASKS / (expanded->n_blocks * plan->batch), 1, MAX (lines / MIN_LINES, 1));
  expanded->part_lines = strata_tile_split (lines, (lines + expanded->parts - 1) / expanded->parts);
  expanded->parts = (lines + expanded->part_lines - 1) / expanded->part_lines;
  slabs = plan->batch * expanded->parts;
  expanded->slabs_per_task = (slabs * expanded->n_blocks + MAX_TASKS - 1) / MAX_TASKS;
  expanded->cells = MAX (plan->extent[2], plan->pad[2] + plan->in[2]);
  expanded->window = (plan->kernel[1] - 1) * plan->dilation[1] + 1;
  expanded->kept = STRIP / (expanded->cells * BLOCK);
  expanded->strip_lines = CLAMP ((expanded->kept - expanded->window) / plan->stride[1] + 1, 1, expanded->part_lines);
  expanded->kept = (expanded->strip_lines - 1) * plan->stride[1] + expanded->window;
}

/**
 * strata_expanded_conv_can:
 * @shape: a depthwise convolution
 *
 * Returns: whether it can be computed together with the expansion before it
 */
gboolean
strata_expanded_conv_can (const StrataConvShape *shape)
{
  return (shape->nd == 1 || shape->nd == 2) && shape->groups == shape->in_channels && shape->groups > 1 &&
         shape->out_channels == shape->in_channels && shape->in_channels % CHANNEL_UNIT == 0;
}

/**
 * strata_expanded_conv_forward:
 * @shape: a depthwise convolution that strata_expanded_conv_can() takes
 * @expansion: makes its input
 * @w: its weights
 * @epilogue: what is done then, without an addend
 *
 * A depthwise convolution of what a pointwise one makes, as in the inverted
 * residuals of MobileNetV2 and EfficientNet.
 */
void
strata_expanded_conv_forward (const StrataConvShape *shape,
                              const StrataExpansion *expansion,
                              const float           *w,
                              float                 *y,
                              const StrataEpilogue  *epilogue)
{
  Expanded expanded = {
    .expansion = expansion,
    .tiles = strata_tile_kernel_get (),
    .depthwise = strata_depthwise_kernel_get (),
    .epilogue = epilogue,
    .w = w,
    .y = y,
  };
  gint64 n_tasks;

  g_return_if_fail (strata_expanded_conv_can (shape) && epilogue->addend == NULL);

  strata_conv_plan_init (&expanded.plan, shape, FALSE, 1);
  if (expanded.plan.batch * expanded.plan.n_positions == 0)
    return;
  plan_strips (&expanded);
  n_tasks = (expanded.plan.batch * expanded.parts + expanded.slabs_per_task - 1) / expanded.slabs_per_task;
  strata_pool_run (n_tasks * expanded.n_blocks, run_task, &expanded);
}
