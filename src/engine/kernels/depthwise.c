/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/depthwise.h"

#include "kernels/isa.h"
#include "kernels/scratch.h"
#include "tensor/pool.h"

#include <string.h>

/* Parts of the gradient at the kernel that are summed by themselves. */
#define MAX_CHUNKS 8
/* So many slabs at least, if there are as many images, for the threads to share. */
#define MIN_SLABS 8

STRATA_ISA_DECLARE (const StrataDepthwiseKernel, strata_depthwise_kernel)

typedef enum
{
  FORWARD,
  INPUT,
  KERNEL,
} Direction;

typedef struct
{
  const StrataConvPlan *plan;
  const StrataDepthwiseKernel *kernel;
  const StrataEpilogue *epilogue;
  Direction direction;
  const float *x, *w, *dy;
  float *y, *dx, *dw; /* dw: a sum a chunk */
  gint64 n_tasks;
} Depthwise;

const StrataDepthwiseKernel *
strata_depthwise_kernel_get (void)
{
  static const StrataDepthwiseKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (&strata_depthwise_kernel);

  return kernels[strata_isa_get ()];
}

/* All lines of a slab. @padded: room for its padded input. */
static void
run_slab (const Depthwise      *depthwise,
          const StrataConvSlab *slab,
          float                *padded,
          gint64               *taps,
          float                *dw)
{
  const StrataConvPlan *plan = depthwise->plan;
  gint64 n_channels = plan->in_channels, image = plan->in[0] * plan->in[1] * plan->in[2] * n_channels;
  gint64 n_lines = slab->n_positions / slab->out[2];
  StrataConvView view;
  StrataConvCursor cursor;
  StrataEpilogue epilogue = { 0 };
  StrataDepthwiseLine line = {
    .length = slab->out[2],
    .step = plan->stride[2] * n_channels,
    .n_channels = n_channels,
    .ldw = n_channels,
    .ldy = n_channels,
    .n_taps = plan->n_taps,
    .taps = taps,
    .n_run = strata_depthwise_get_run (plan),
    .epilogue = &epilogue,
  };

  strata_conv_plan_view (plan, slab, &view);
  strata_conv_plan_taps (plan, &view, taps);
  if (depthwise->direction == INPUT)
    {
      memset (depthwise->dx + slab->image * image, 0, slab->n_images * image * sizeof (float));
      if (plan->padded)
        memset (padded, 0, slab->n_images * view.image * sizeof (float));
    }
  else if (plan->padded)
    strata_conv_plan_pad (plan, slab, depthwise->x, padded);

  strata_conv_cursor_init (&cursor, plan, slab, &view);
  for (gint64 i = 0; i < n_lines; i++)
    {
      gint64 at = view.origin + cursor.at;
      gint64 out = (slab->first_out + i * slab->out[2]) * n_channels;
      const float *start = plan->padded ? padded : depthwise->x, *x = start != NULL ? start + at : NULL;

      if (depthwise->direction == FORWARD)
        {
          epilogue = *depthwise->epilogue;
          epilogue.addend = epilogue.addend != NULL ? epilogue.addend + out : NULL;
          depthwise->kernel->forward (&line, x, depthwise->w, depthwise->y + out);
        }
      else if (depthwise->direction == INPUT)
        depthwise->kernel->input (&line, depthwise->dy + out, depthwise->w,
                                  (plan->padded ? padded : depthwise->dx) + at);
      else
        depthwise->kernel->kernel (&line, x, depthwise->dy + out, dw);
      strata_conv_cursor_advance (&cursor, slab, line.step, slab->out[2]);
    }
  if (depthwise->direction == INPUT && plan->padded)
    strata_conv_plan_unpad (plan, slab, padded, 0, n_channels, depthwise->dx);
}

static void
run_task (gpointer data,
          guint    task,
          guint    thread)
{
  const Depthwise *depthwise = data;
  const StrataConvPlan *plan = depthwise->plan;
  gint64 first = plan->n_slabs * task / depthwise->n_tasks, end = plan->n_slabs * (task + 1) / depthwise->n_tasks;
  gsize pad_size = (strata_conv_plan_pad_size (plan) + 15) / 16 * 16;
  gsize size = pad_size + 2 * plan->n_taps;
  gsize dw_size = plan->n_taps * plan->in_channels;
  float *scratch = strata_scratch_push (size);
  float *dw = NULL;

  if (depthwise->direction == KERNEL)
    {
      dw = depthwise->dw + task * dw_size;
      memset (dw, 0, dw_size * sizeof (float));
    }
  for (gint64 i = first; i < end; i++)
    {
      StrataConvSlab slab;

      strata_conv_plan_get_slab (plan, i, &slab);
      run_slab (depthwise, &slab, scratch, (gint64 *) (scratch + pad_size), dw);
    }
  strata_scratch_pop (size);
}

void
strata_depthwise_forward (const StrataConvPlan *plan,
                          const float          *x,
                          const float          *w,
                          float                *y,
                          const StrataEpilogue *epilogue)
{
  Depthwise depthwise = {
    .plan = plan, .kernel = strata_depthwise_kernel_get (), .epilogue = epilogue, .direction = FORWARD,
    .x = x, .w = w, .y = y, .n_tasks = plan->n_slabs,
  };

  strata_pool_run (depthwise.n_tasks, run_task, &depthwise);
}

/* With stride one, the gradient at the input is a convolution of that at the
 * output, by the taps in reverse order; this makes it one. */
static gboolean
turn_around (const StrataConvPlan *plan,
             StrataConvShape      *shape)
{
  *shape = (StrataConvShape) {
    .nd = STRATA_CONV_DIMS, .batch = plan->batch, .in_channels = plan->in_channels,
    .out_channels = plan->out_channels, .groups = plan->groups,
  };
  for (int d = 0; d < STRATA_CONV_DIMS; d++)
    {
      shape->in[d] = plan->out[d];
      shape->out[d] = plan->in[d];
      shape->kernel[d] = plan->kernel[d];
      shape->stride[d] = 1;
      shape->dilation[d] = plan->dilation[d];
      shape->pad[d] = (plan->kernel[d] - 1) * plan->dilation[d] - plan->pad[d];
      if (plan->stride[d] != 1 || shape->pad[d] < 0)
        return FALSE;
    }
  return TRUE;
}

static void
convolve_back (const StrataConvShape *shape,
               const float           *dy,
               const float           *w,
               float                 *dx)
{
  static const StrataEpilogue none = { 0 };
  StrataConvPlan plan;
  gint64 n = shape->in_channels;
  float *turned;

  strata_conv_plan_init (&plan, shape, FALSE, MIN_SLABS);
  turned = strata_scratch_push (plan.n_taps * n);
  for (gint64 tap = 0; tap < plan.n_taps; tap++)
    memcpy (turned + tap * n, w + (plan.n_taps - 1 - tap) * n, n * sizeof (float));
  strata_depthwise_forward (&plan, dy, turned, dx, &none);
  strata_scratch_pop (plan.n_taps * n);
}

void
strata_depthwise_backward_input (const StrataConvPlan *plan,
                                 const float          *dy,
                                 const float          *w,
                                 float                *dx)
{
  Depthwise depthwise = {
    .plan = plan, .kernel = strata_depthwise_kernel_get (), .direction = INPUT,
    .dy = dy, .w = w, .dx = dx, .n_tasks = plan->n_slabs,
  };
  StrataConvShape shape;

  if (turn_around (plan, &shape))
    convolve_back (&shape, dy, w, dx);
  else
    strata_pool_run (depthwise.n_tasks, run_task, &depthwise);
}

void
strata_depthwise_backward_kernel (const StrataConvPlan *plan,
                                  const float          *x,
                                  const float          *dy,
                                  float                *dw)
{
  gsize size = plan->n_taps * plan->in_channels;
  gint64 n_chunks = MIN (plan->n_slabs, MAX_CHUNKS);
  Depthwise depthwise = {
    .plan = plan, .kernel = strata_depthwise_kernel_get (), .direction = KERNEL,
    .x = x, .dy = dy, .dw = strata_scratch_push (n_chunks * size), .n_tasks = n_chunks,
  };

  strata_pool_run (n_chunks, run_task, &depthwise);
  memcpy (dw, depthwise.dw, size * sizeof (float));
  for (gint64 chunk = 1; chunk < n_chunks; chunk++)
    for (gsize i = 0; i < size; i++)
      dw[i] += depthwise.dw[chunk * size + i];
  strata_scratch_pop (n_chunks * size);
}
