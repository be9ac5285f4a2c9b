/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/pooled-conv.h"

#include "kernels/isa.h"
#include "kernels/scratch.h"
#include "tensor/pool.h"

#include <string.h>

/* A convolution of gray images that is pooled by 2 x 2. All four outputs of a window are made at once, and of them only
 * the largest is kept, and which one it is, in each channel another. No other has a gradient, so a quarter of the
 * products is enough for that of the kernel: images are shared out to chunks that have their own sums, which are added
 * in order. */

#define WINDOW 2
#define MAX_CHUNKS 8
#define MAX_TASKS 32
/* Numbers that a vector of an image may reach beyond it. */
#define SLACK 16
/* Whole vectors of every instruction set. */
#define CHANNEL_UNIT 16

STRATA_ISA_DECLARE (const StrataPooledConvKernel, strata_pooled_conv_kernel)

typedef struct
{
  const StrataConvPlan *plan;
  const float *x;
  StrataPooledConvForward image;
  gint64 pooled_size;
  guint n_tasks;
} Forward;

typedef struct
{
  const StrataConvPlan *plan;
  const StrataPoolingShape *pooling;
  const float *x;
  StrataPooledConvImage image;
  gint64 pooled_size;
  float *dw, *partial;
  gint64 dw_size, n_chunks;
  StrataPooledConvAdd add;
} Backward;

static const StrataPooledConvKernel *
get_kernel (void)
{
  static const StrataPooledConvKernel *const kernels[STRATA_N_ISAS] = STRATA_ISA_TABLE (&strata_pooled_conv_kernel);

  return kernels[strata_isa_get ()];
}

/* What adds up gradients by outputs, if anything does. */
static StrataPooledConvAdd
get_add (const StrataConvPlan *plan)
{
  const StrataPooledConvKernel *kernel = get_kernel ();

  if (plan->out_channels % kernel->vector != 0 || plan->kernel[1] != plan->kernel[2])
    return NULL;
  return plan->kernel[1] == 3 ? kernel->add_3 : plan->kernel[1] == 5 ? kernel->add_5 : NULL;
}

static gboolean
is_plain (const StrataConvPlan     *plan,
          const StrataPoolingShape *pooling)
{
  if (plan->in_channels != 1 || pooling->nd != 2)
    return FALSE;
  for (int d = 0; d < 2; d++)
    if (plan->stride[1 + d] != 1 || plan->dilation[1 + d] != 1 || pooling->window[d] != WINDOW ||
        pooling->stride[d] != WINDOW || pooling->pad[d] != 0 || pooling->out[d] * WINDOW > pooling->in[d])
      return FALSE;
  return TRUE;
}

gboolean
strata_pooled_conv_can (const StrataConvPlan     *plan,
                        const StrataPoolingShape *pooling)
{
  return is_plain (plan, pooling) && get_add (plan) != NULL;
}

static void
init_plan (StrataConvPlan         *plan,
           const StrataPooledConv *shape)
{
  strata_conv_plan_init (plan, &shape->conv, TRUE, 1);
}

/* Whether strata_pooled_conv_forward() and strata_pooled_conv_backward_cells() can be had, on any instruction set. */
gboolean
strata_pooled_conv_can_forward (const StrataPooledConv *shape)
{
  StrataConvPlan plan;

  if (shape->conv.nd != 2 || shape->conv.in_channels != 1 || shape->conv.out_channels % CHANNEL_UNIT != 0)
    return FALSE;
  init_plan (&plan, shape);
  return plan.batch * plan.n_positions > 0 && is_plain (&plan, &shape->pooling) &&
         plan.kernel[1] == STRATA_POOLED_CONV_SIDE && plan.kernel[2] == STRATA_POOLED_CONV_SIDE;
}

/* What the outputs see of an image, zeros around it included. */
static void
copy_image (const StrataConvPlan *plan,
            const float          *x,
            float                *to)
{
  gint64 height = plan->out[1] + plan->kernel[1] - 1, width = plan->out[2] + plan->kernel[2] - 1;
  gint64 before = MIN (plan->pad[2], width), length = CLAMP (width - before, 0, plan->in[2]);

  for (gint64 i = 0; i < height; i++, to += width)
    {
      gint64 line = i - plan->pad[1];

      memset (to, 0, width * sizeof *to);
      if (line >= 0 && line < plan->in[1])
        memcpy (to + before, x + line * plan->in[2], length * sizeof *to);
    }
}

/* Memory for an image as copy_image() makes it, and zeros behind it. */
static float *
push_image (const StrataConvPlan *plan,
            gint64               *width,
            gsize                *size)
{
  float *x;

  *width = plan->out[2] + plan->kernel[2] - 1;
  *size = (plan->out[1] + plan->kernel[1] - 1) * *width + SLACK;
  x = strata_scratch_push (*size);
  memset (x + *size - SLACK, 0, SLACK * sizeof *x);
  return x;
}

static void
forward_task (gpointer data,
              guint    task,
              guint    thread)
{
  const Forward *forward = data;
  const StrataConvPlan *plan = forward->plan;
  StrataPooledConvForward image = forward->image;
  gint64 end = plan->batch * (task + 1) / forward->n_tasks;
  gsize size;
  float *x = push_image (plan, &image.ldx, &size);

  image.x = x;
  for (gint64 i = plan->batch * task / forward->n_tasks; i < end; i++)
    {
      copy_image (plan, forward->x + i * plan->in[1] * plan->in[2], x);
      image.pooled = forward->image.pooled + i * forward->pooled_size;
      image.cells = forward->image.cells + i * forward->pooled_size;
      get_kernel ()->convolve (&image);
    }
  strata_scratch_pop (size);
}

/**
 * strata_pooled_conv_forward: (skip)
 * @shape: for which strata_pooled_conv_can_forward() holds
 * @bias: (nullable): added to the outputs of the convolution
 * @relu: whether they are rectified
 * @pooled: (out): the largest of each window
 * @cells: (out): which of the four it is
 */
void
strata_pooled_conv_forward (const StrataPooledConv *shape,
                            const float            *x,
                            const float            *w,
                            const float            *bias,
                            gboolean                relu,
                            float                  *pooled,
                            gint32                 *cells)
{
  const StrataPoolingShape *pooling = &shape->pooling;
  StrataConvPlan plan;
  Forward forward = {
    .plan = &plan, .x = x,
    .image = { .w = w, .bias = bias, .relu = relu, .windows = { pooling->out[0], pooling->out[1] },
               .channels = pooling->channels, .pooled = pooled, .cells = cells },
    .pooled_size = pooling->out[0] * pooling->out[1] * pooling->channels,
  };

  init_plan (&plan, shape);
  forward.n_tasks = MIN (plan.batch, MAX_TASKS);
  strata_pool_run (forward.n_tasks, forward_task, &forward);
}

static void
chunk_task (gpointer data,
            guint    task,
            guint    thread)
{
  const Backward *backward = data;
  const StrataConvPlan *plan = backward->plan;
  StrataPooledConvImage image = backward->image;
  gint64 end = plan->batch * (task + 1) / backward->n_chunks;
  gsize size;
  float *x = push_image (plan, &image.ldx, &size);

  image.x = x;
  image.dw = task == 0 ? backward->dw : backward->partial + (task - 1) * backward->dw_size;
  memset (image.dw, 0, backward->dw_size * sizeof *image.dw);
  for (gint64 i = plan->batch * task / backward->n_chunks; i < end; i++)
    {
      copy_image (plan, backward->x + i * plan->in[1] * plan->in[2], x);
      image.dpooled = backward->image.dpooled + i * backward->pooled_size;
      if (backward->image.cells != NULL)
        image.cells = backward->image.cells + i * backward->pooled_size;
      else
        {
          image.y = backward->image.y + i * plan->n_positions * plan->out_channels;
          image.pooled = backward->image.pooled + i * backward->pooled_size;
        }
      backward->add (&image);
    }
  strata_scratch_pop (size);
}

static void
run_backward (Backward *backward)
{
  const StrataConvPlan *plan = backward->plan;
  const StrataPoolingShape *pooling = backward->pooling;
  gsize size;

  backward->image.y_width = plan->out[2];
  backward->image.windows[0] = pooling->out[0];
  backward->image.windows[1] = pooling->out[1];
  backward->image.channels = pooling->channels;
  backward->pooled_size = pooling->out[0] * pooling->out[1] * pooling->channels;
  backward->dw_size = plan->n_taps * plan->out_channels;
  backward->n_chunks = MIN (plan->batch, MAX_CHUNKS);
  size = (backward->n_chunks - 1) * backward->dw_size;
  backward->partial = strata_scratch_push (size);
  strata_pool_run (backward->n_chunks, chunk_task, backward);
  for (gsize i = 0; i < size; i++)
    backward->dw[i % backward->dw_size] += backward->partial[i];
  strata_scratch_pop (size);
}

/* @plan, @dy: for which strata_pooled_conv_can() holds */
void
strata_pooled_conv_backward_kernel (const StrataConvPlan       *plan,
                                    const float                *x,
                                    const StrataPooledGradient *dy,
                                    float                      *dw)
{
  run_backward (&(Backward){ .plan = plan, .pooling = &dy->pooling, .x = x, .dw = dw, .add = get_add (plan),
                             .image = { .y = dy->y, .pooled = dy->pooled, .dpooled = dy->dpooled } });
}

/**
 * strata_pooled_conv_backward_cells: (skip)
 * @cells: from strata_pooled_conv_forward()
 * @dpooled: gradient of the loss at what was pooled
 * @dw: (out): gradient at the kernel
 */
void
strata_pooled_conv_backward_cells (const StrataPooledConv *shape,
                                   const float            *x,
                                   const gint32           *cells,
                                   const float            *dpooled,
                                   float                  *dw)
{
  StrataConvPlan plan;

  init_plan (&plan, shape);
  run_backward (&(Backward){ .plan = &plan, .pooling = &shape->pooling, .x = x, .dw = dw,
                             .add = get_kernel ()->add_cells, .image = { .cells = cells, .dpooled = dpooled } });
}
