/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv-plan.h"

G_BEGIN_DECLS

/**
 * StrataPooledConvImage:
 * @x: an image of one channel, with zeros around where there is padding
 * @ldx: from one line of it to the next
 * @y: what the convolution made of it
 * @windows: windows of 2 x 2 down and across
 * @dw: the gradient at the kernel, which is added to
 */
typedef struct
{
  const float *x;
  gint64 ldx;
  const float *y;
  gint64 y_width;
  const float *pooled, *dpooled;
  gint64 windows[2];
  gint64 channels;
  float *dw;
} StrataPooledConvImage;

typedef void (*StrataPooledConvAdd) (const StrataPooledConvImage *image);

/**
 * StrataPooledConvKernel:
 * @vector: channels that are done at once
 * @add_3, @add_5: for kernels of 3 x 3 and 5 x 5, or %NULL
 */
typedef struct
{
  int vector;
  StrataPooledConvAdd add_3, add_5;
} StrataPooledConvKernel;

gboolean strata_pooled_conv_can             (const StrataConvPlan       *plan,
                                             const StrataPoolingShape   *pooling);
void     strata_pooled_conv_backward_kernel (const StrataConvPlan       *plan,
                                             const float                *x,
                                             const StrataPooledGradient *dy,
                                             float                      *dw);

G_END_DECLS
