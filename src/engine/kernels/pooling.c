/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/pooling.h"

#include "kernels/isa.h"
#include "kernels/pooling-line.h"
#include "kernels/scratch.h"
#include "tensor/pool.h"

#include <string.h>

#define DIMS STRATA_POOLING_MAX_DIMS
/* Numbers of input worth a task of their own. */
#define TASK_NUMBERS (16 * 1024)

STRATA_ISA_DECLARE (const StrataPoolingKernel, strata_pooling_kernel)

/* In three dimensions, the leading ones of size one if there are fewer. */
typedef struct
{
  const StrataPoolingKernel *kernel;
  gint64 batch, n_channels;
  gint64 in[DIMS], out[DIMS], window[DIMS], stride[DIMS], pad[DIMS];
  gint64 n_taps;
  gint64 image_in, image_out; /* numbers of an image */
  gboolean apart;
  gboolean gaps; /* whether some cells are in no window */
  gboolean average;
  const float *x, *dy;
  float *y, *dx;
  gint64 n_tasks;
} Pooling;

/* The cells of a window along one dimension that are in the input. */
typedef struct
{
  gint64 first, n;
} Span;

static const StrataPoolingKernel *
get_kernel (void)
{
  static const StrataPoolingKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (&strata_pooling_kernel);

  return kernels[strata_isa_get ()];
}

static void
plan (Pooling                  *pooling,
      const StrataPoolingShape *shape)
{
  pooling->kernel = get_kernel ();
  pooling->batch = shape->batch;
  pooling->n_channels = pooling->image_in = pooling->image_out = shape->channels;
  pooling->n_taps = 1;
  pooling->apart = TRUE;
  pooling->gaps = FALSE;
  for (int d = 0; d < DIMS; d++)
    {
      int i = d - (DIMS - shape->nd);
      gint64 end;

      pooling->in[d] = i < 0 ? 1 : shape->in[i];
      pooling->out[d] = i < 0 ? 1 : shape->out[i];
      pooling->window[d] = i < 0 ? 1 : shape->window[i];
      pooling->stride[d] = i < 0 ? 1 : shape->stride[i];
      pooling->pad[d] = i < 0 ? 0 : shape->pad[i];
      pooling->image_in *= pooling->in[d];
      pooling->image_out *= pooling->out[d];
      pooling->n_taps *= pooling->window[d];
      pooling->apart = pooling->apart && pooling->window[d] <= pooling->stride[d];
      end = (pooling->out[d] - 1) * pooling->stride[d] + pooling->window[d] - pooling->pad[d];
      pooling->gaps = pooling->gaps || pooling->window[d] < pooling->stride[d] || end < pooling->in[d];
    }
}

static Span
find_span (const Pooling *pooling,
           int            d,
           gint64         position)
{
  gint64 first = position * pooling->stride[d] - pooling->pad[d];
  gint64 end = MIN (first + pooling->window[d], pooling->in[d]);

  first = MAX (first, 0);
  return (Span) { first, MAX (end - first, 0) };
}

static gint64
list_taps (const Pooling *pooling,
           const Span     spans[DIMS],
           gint64        *taps)
{
  gint64 n = 0;

  for (gint64 z = 0; z < spans[0].n; z++)
    for (gint64 y = 0; y < spans[1].n; y++)
      for (gint64 x = 0; x < spans[2].n; x++)
        taps[n++] = ((z * pooling->in[1] + y) * pooling->in[2] + x) * pooling->n_channels;
  return n;
}

/* How many windows of a line from @position on have the same cells. */
static gint64
count_alike (const Pooling *pooling,
             gint64         position,
             gint64         n)
{
  gint64 count = 1;

  if (n < pooling->window[2])
    return 1;
  while (position + count < pooling->out[2] && find_span (pooling, 2, position + count).n == n)
    count++;
  return count;
}

/* A line of windows, number @index over planes and images. */
static void
run_line (const Pooling *pooling,
          gint64         index,
          gint64        *taps)
{
  gint64 y = index % pooling->out[1], z = index / pooling->out[1] % pooling->out[0];
  gint64 image = index / pooling->out[1] / pooling->out[0];
  Span spans[DIMS] = { find_span (pooling, 0, z), find_span (pooling, 1, y) };
  StrataPoolingLine line = {
    .step = pooling->stride[2] * pooling->n_channels,
    .n_channels = pooling->n_channels,
    .taps = taps,
    .apart = pooling->apart,
  };

  for (gint64 x = 0; x < pooling->out[2]; x += line.length)
    {
      gint64 in, out = (index * pooling->out[2] + x) * pooling->n_channels;

      spans[2] = find_span (pooling, 2, x);
      in = image * pooling->image_in +
           ((spans[0].first * pooling->in[1] + spans[1].first) * pooling->in[2] + spans[2].first) * pooling->n_channels;
      line.length = count_alike (pooling, x, spans[2].n);
      line.n_taps = list_taps (pooling, spans, taps);
      if (line.n_taps == 0)
        {
          if (pooling->dx == NULL)
            memset (pooling->y + out, 0, line.length * pooling->n_channels * sizeof (float));
        }
      else if (pooling->dx != NULL && pooling->average)
        pooling->kernel->average_backward (&line, pooling->dy + out, pooling->dx + in);
      else if (pooling->dx != NULL)
        pooling->kernel->max_backward (&line, pooling->x + in, pooling->y + out, pooling->dy + out, pooling->dx + in);
      else if (pooling->average)
        pooling->kernel->average (&line, pooling->x + in, pooling->y + out);
      else
        pooling->kernel->max (&line, pooling->x + in, pooling->y + out);
    }
}

/* Tasks are whole images for gradients, where windows may share cells, and lines otherwise. */
static void
run_task (gpointer data,
          guint    task,
          guint    thread)
{
  const Pooling *pooling = data;
  gint64 n_lines = pooling->out[0] * pooling->out[1];
  gint64 n_units = pooling->dx != NULL ? pooling->batch : pooling->batch * n_lines;
  gint64 first = n_units * task / pooling->n_tasks, end = n_units * (task + 1) / pooling->n_tasks;
  gint64 *taps = (gint64 *) strata_scratch_push (2 * pooling->n_taps);

  if (pooling->dx != NULL)
    {
      if (!pooling->apart || pooling->gaps)
        memset (pooling->dx + first * pooling->image_in, 0, (end - first) * pooling->image_in * sizeof (float));
      first *= n_lines;
      end *= n_lines;
    }
  for (gint64 line = first; line < end; line++)
    run_line (pooling, line, taps);
  strata_scratch_pop (2 * pooling->n_taps);
}

static void
run (Pooling                  *pooling,
     const StrataPoolingShape *shape)
{
  gint64 n_units;

  plan (pooling, shape);
  n_units = pooling->dx != NULL ? pooling->batch : pooling->batch * pooling->out[0] * pooling->out[1];
  pooling->n_tasks = CLAMP (pooling->batch * pooling->image_in / TASK_NUMBERS, 1, MAX (n_units, 1));
  strata_pool_run (pooling->n_tasks, run_task, pooling);
}

/**
 * strata_pooling_max:
 *
 * The largest number of each window.
 */
void
strata_pooling_max (const StrataPoolingShape *shape,
                    const float              *x,
                    float                    *y)
{
  Pooling pooling = { .x = x, .y = y };

  run (&pooling, shape);
}

/**
 * strata_pooling_max_backward:
 * @y: what strata_pooling_max() made of @x
 * @dy: gradient of the loss at the output
 * @dx: (out): gradient at the input
 *
 * The gradient goes to the first of the largest numbers of the window.
 */
void
strata_pooling_max_backward (const StrataPoolingShape *shape,
                             const float              *x,
                             const float              *y,
                             const float              *dy,
                             float                    *dx)
{
  Pooling pooling = { .x = x, .y = (float *) y, .dy = dy, .dx = dx };

  run (&pooling, shape);
}

/**
 * strata_pooling_average:
 *
 * The mean of each window's numbers; padding does not count.
 */
void
strata_pooling_average (const StrataPoolingShape *shape,
                        const float              *x,
                        float                    *y)
{
  Pooling pooling = { .x = x, .y = y, .average = TRUE };

  run (&pooling, shape);
}

/**
 * strata_pooling_average_backward:
 * @dy: gradient of the loss at the output
 * @dx: (out): gradient at the input
 */
void
strata_pooling_average_backward (const StrataPoolingShape *shape,
                                 const float              *dy,
                                 float                    *dx)
{
  Pooling pooling = { .dy = dy, .dx = dx, .average = TRUE };

  run (&pooling, shape);
}
