/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/conv-pointwise.h"

#include "kernels/scratch.h"
#include "tensor/pool.h"

#include <string.h>

/* Below that many products a cell, copying would cost more than it saves. */
#define MIN_CHANNELS 32

typedef struct
{
  const StrataConvPlan *plan;
  const float *from;
  float *to;
} Copy;

gboolean
strata_pointwise_can (const StrataConvPlan *plan)
{
  return plan->n_taps == 1 && plan->groups == 1 && !plan->padded &&
         MIN (plan->in_channels, plan->out_channels) >= MIN_CHANNELS;
}

/* For one line of outputs: the cells that it sees, one after the other. */
static void
gather_task (gpointer data,
             guint    task,
             guint    thread)
{
  const Copy *copy = data;
  const StrataConvPlan *plan = copy->plan;
  gint64 n = plan->in_channels, line = task % plan->out[1], plane = task / plan->out[1];
  gint64 z = plane % plan->out[0] * plan->stride[0], image = plane / plan->out[0];
  const float *from = copy->from + ((image * plan->in[0] + z) * plan->in[1] + line * plan->stride[1]) * plan->in[2] * n;
  float *to = copy->to + task * plan->out[2] * n;

  for (gint64 i = 0; i < plan->out[2]; i++)
    memcpy (to + i * n, from + i * plan->stride[2] * n, n * sizeof (float));
}

/* For one line of inputs: back, with zeros between them. */
static void
scatter_task (gpointer data,
              guint    task,
              guint    thread)
{
  const Copy *copy = data;
  const StrataConvPlan *plan = copy->plan;
  gint64 n = plan->in_channels, line = task % plan->in[1], plane = task / plan->in[1];
  gint64 z = plane % plan->in[0], image = plane / plan->in[0];
  float *to = copy->to + (gint64) task * plan->in[2] * n;
  const float *from;

  memset (to, 0, plan->in[2] * n * sizeof (float));
  if (line % plan->stride[1] != 0 || line / plan->stride[1] >= plan->out[1] || z % plan->stride[0] != 0 ||
      z / plan->stride[0] >= plan->out[0])
    return;
  line = (image * plan->out[0] + z / plan->stride[0]) * plan->out[1] + line / plan->stride[1];
  from = copy->from + line * plan->out[2] * n;
  for (gint64 i = 0; i < plan->out[2]; i++)
    memcpy (to + i * plan->stride[2] * n, from + i * n, n * sizeof (float));
}

static void
gather (const StrataConvPlan *plan,
        const float          *x,
        float                *cells)
{
  Copy copy = { plan, x, cells };

  strata_pool_run (plan->batch * plan->out[0] * plan->out[1], gather_task, &copy);
}

void
strata_pointwise_forward (const StrataConvPlan *plan,
                          const float          *x,
                          const float          *w,
                          float                *y,
                          const StrataEpilogue *epilogue)
{
  gint64 m = plan->batch * plan->n_positions, n = plan->out_channels, k = plan->in_channels;
  float *cells = strata_scratch_push (m * k);

  gather (plan, x, cells);
  strata_gemm (FALSE, FALSE, m, n, k, cells, k, w, n, 0.0f, y, n, epilogue);
  strata_scratch_pop (m * k);
}

void
strata_pointwise_backward_input (const StrataConvPlan *plan,
                                 const float          *dy,
                                 const float          *w,
                                 float                *dx)
{
  gint64 m = plan->batch * plan->n_positions, n = plan->out_channels, k = plan->in_channels;
  float *cells = strata_scratch_push (m * k);
  Copy copy = { plan, cells, dx };

  strata_gemm (FALSE, TRUE, m, k, n, dy, n, w, n, 0.0f, cells, k, NULL);
  strata_pool_run (plan->batch * plan->in[0] * plan->in[1], scatter_task, &copy);
  strata_scratch_pop (m * k);
}

void
strata_pointwise_backward_kernel (const StrataConvPlan *plan,
                                  const float          *x,
                                  const float          *dy,
                                  float                *dw)
{
  gint64 m = plan->batch * plan->n_positions, n = plan->out_channels, k = plan->in_channels;
  float *cells = strata_scratch_push (m * k);

  gather (plan, x, cells);
  strata_gemm (TRUE, FALSE, k, n, m, cells, k, dy, n, 0.0f, dw, n, NULL);
  strata_scratch_pop (m * k);
}
