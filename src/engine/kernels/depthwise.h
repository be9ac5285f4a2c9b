/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv-plan.h"

G_BEGIN_DECLS

/* Convolutions where each channel is a group of its own: vectors of channels. */

/* Whether the plan is one of these. */
static inline gboolean
strata_depthwise_can (const StrataConvPlan *plan)
{
  return plan->group_in == 1 && plan->group_out == 1 && plan->groups > 1;
}

void strata_depthwise_forward         (const StrataConvPlan *plan,
                                       const float          *x,
                                       const float          *w,
                                       float                *y,
                                       const StrataEpilogue *epilogue);
void strata_depthwise_backward_input  (const StrataConvPlan *plan,
                                       const float          *dy,
                                       const float          *w,
                                       float                *dx);
void strata_depthwise_backward_kernel (const StrataConvPlan *plan,
                                       const float          *x,
                                       const float          *dy,
                                       float                *dw);

/* A line of outputs of a depthwise convolution: cell s of it sees x[s * step + taps[t] + c]. Weights of a tap are
 * @ldw after those of the one before, and numbers of y @ldy after those of the cell before. Of each @n_run taps, each
 * is @step after the one before, so that it sees for one output what the one before sees for the next. */
typedef struct
{
  gint64 length;
  gint64 step;
  gint64 n_channels;
  gint64 ldw, ldy;
  gint64 n_taps;
  const gint64 *taps;
  gint64 n_run;
  const StrataEpilogue *epilogue;
} StrataDepthwiseLine;

typedef struct
{
  void (*forward) (const StrataDepthwiseLine *line,
                   const float               *x,
                   const float               *w,
                   float                     *y);
  void (*input)   (const StrataDepthwiseLine *line,
                   const float               *dy,
                   const float               *w,
                   float                     *dx);
  void (*kernel)  (const StrataDepthwiseLine *line,
                   const float               *x,
                   const float               *dy,
                   float                     *dw);
} StrataDepthwiseKernel;

const StrataDepthwiseKernel *strata_depthwise_kernel_get (void);

static inline gint64
strata_depthwise_get_run (const StrataConvPlan *plan)
{
  return plan->stride[2] == 1 && plan->dilation[2] == 1 ? plan->kernel[2] : 1;
}

G_END_DECLS
