/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/pooled-conv.h"

#include "kernels/isa.h"
#include "kernels/scratch.h"
#include "tensor/pool.h"

#include <string.h>

/* The gradient at the kernel of a convolution of gray images that is pooled by 2 x 2: of the four outputs of a window
 * but one has a gradient, another one in each channel, so a quarter of the products is enough. Images are shared out to
 * chunks that have their own sums, which are added in order. */

#define WINDOW 2
#define MAX_CHUNKS 8
/* Numbers that a vector of an image may reach beyond it. */
#define SLACK 16

STRATA_ISA_DECLARE (const StrataPooledConvKernel, strata_pooled_conv_kernel)

typedef struct
{
  const StrataConvPlan *plan;
  const StrataPooledGradient *dy;
  const float *x;
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

static StrataPooledConvAdd
get_add (const StrataConvPlan *plan)
{
  const StrataPooledConvKernel *kernel = get_kernel ();

  if (plan->out_channels % kernel->vector != 0 || plan->kernel[1] != plan->kernel[2])
    return NULL;
  return plan->kernel[1] == 3 ? kernel->add_3 : plan->kernel[1] == 5 ? kernel->add_5 : NULL;
}

gboolean
strata_pooled_conv_can (const StrataConvPlan     *plan,
                        const StrataPoolingShape *pooling)
{
  if (plan->in_channels != 1 || pooling->nd != 2 || get_add (plan) == NULL)
    return FALSE;
  for (int d = 0; d < 2; d++)
    if (plan->stride[1 + d] != 1 || plan->dilation[1 + d] != 1 || pooling->window[d] != WINDOW ||
        pooling->stride[d] != WINDOW || pooling->pad[d] != 0 || pooling->out[d] * WINDOW > pooling->in[d])
      return FALSE;
  return TRUE;
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

static void
chunk_task (gpointer data,
            guint    task,
            guint    thread)
{
  const Backward *backward = data;
  const StrataConvPlan *plan = backward->plan;
  const StrataPoolingShape *pooling = &backward->dy->pooling;
  gint64 height = plan->out[1] + plan->kernel[1] - 1, width = plan->out[2] + plan->kernel[2] - 1;
  gsize size = height * width + SLACK;
  float *x = strata_scratch_push (size);
  StrataPooledConvImage image = {
    .x = x,
    .ldx = width,
    .y_width = plan->out[2],
    .windows = { pooling->out[0], pooling->out[1] },
    .channels = plan->out_channels,
    .dw = task == 0 ? backward->dw : backward->partial + (task - 1) * backward->dw_size,
  };
  gint64 pooled_size = pooling->out[0] * pooling->out[1] * plan->out_channels;
  gint64 end = plan->batch * (task + 1) / backward->n_chunks;

  memset (image.dw, 0, backward->dw_size * sizeof *image.dw);
  memset (x + height * width, 0, SLACK * sizeof *x);
  for (gint64 i = plan->batch * task / backward->n_chunks; i < end; i++)
    {
      copy_image (plan, backward->x + i * plan->in[1] * plan->in[2], x);
      image.y = backward->dy->y + i * plan->n_positions * plan->out_channels;
      image.pooled = backward->dy->pooled + i * pooled_size;
      image.dpooled = backward->dy->dpooled + i * pooled_size;
      backward->add (&image);
    }
  strata_scratch_pop (size);
}

/* @plan, @dy: for which strata_pooled_conv_can() holds */
void
strata_pooled_conv_backward_kernel (const StrataConvPlan       *plan,
                                    const float                *x,
                                    const StrataPooledGradient *dy,
                                    float                      *dw)
{
  Backward backward = {
    .plan = plan, .dy = dy, .x = x, .dw = dw, .dw_size = plan->n_taps * plan->out_channels,
    .n_chunks = MIN (plan->batch, MAX_CHUNKS), .add = get_add (plan),
  };
  gsize size = (backward.n_chunks - 1) * backward.dw_size;

  backward.partial = strata_scratch_push (size);
  strata_pool_run (backward.n_chunks, chunk_task, &backward);
  for (gsize i = 0; i < size; i++)
    dw[i % backward.dw_size] += backward.partial[i];
  strata_scratch_pop (size);
}
