/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv-plan.h"

G_BEGIN_DECLS

/* Kernels of so many numbers down and across go through convolution and pooling at once. */
#define STRATA_POOLED_CONV_SIDE 3

/**
 * StrataPooledConvForward:
 * @x: an image of one channel, with zeros around where there is padding
 * @ldx: from one line of it to the next
 * @bias: (nullable): added to all outputs
 * @windows: windows of 2 x 2 down and across
 * @cells: (out): which of its four outputs is the largest of a window, by channel
 */
typedef struct
{
  const float *x;
  gint64 ldx;
  const float *w, *bias;
  gboolean relu;
  gint64 windows[2];
  gint64 channels;
  float *pooled;
  gint32 *cells;
} StrataPooledConvForward;

/**
 * StrataPooledConvImage:
 * @x: an image of one channel, with zeros around where there is padding
 * @ldx: from one line of it to the next
 * @y: what the convolution made of it, where @cells are not known
 * @windows: windows of 2 x 2 down and across
 * @dw: the gradient at the kernel, which is added to
 */
typedef struct
{
  const float *x;
  gint64 ldx;
  const float *y;
  gint64 y_width;
  const gint32 *cells;
  const float *pooled, *dpooled;
  gint64 windows[2];
  gint64 channels;
  float *dw;
} StrataPooledConvImage;

typedef void (*StrataPooledConvAdd) (const StrataPooledConvImage *image);

/**
 * StrataPooledConvKernel:
 * @vector: channels that are done at once
 * @add_cells: the gradient by cells
 * @add_3, @add_5: for kernels of 3 x 3 and 5 x 5, or %NULL
 */
typedef struct
{
  int vector;
  void (*convolve) (const StrataPooledConvForward *forward);
  StrataPooledConvAdd add_cells, add_3, add_5;
} StrataPooledConvKernel;

gboolean strata_pooled_conv_can             (const StrataConvPlan       *plan,
                                             const StrataPoolingShape   *pooling);
void     strata_pooled_conv_backward_kernel (const StrataConvPlan       *plan,
                                             const float                *x,
                                             const StrataPooledGradient *dy,
                                             float                      *dw);

/**
 * StrataPooledConv:
 *
 * A convolution and max pooling of its output, as one.
 */
typedef struct
{
  StrataConvShape conv;
  StrataPoolingShape pooling;
} StrataPooledConv;

gboolean strata_pooled_conv_can_forward     (const StrataPooledConv *shape);
void     strata_pooled_conv_forward         (const StrataPooledConv *shape,
                                             const float            *x,
                                             const float            *w,
                                             const float            *bias,
                                             gboolean                relu,
                                             float                  *pooled,
                                             gint32                 *cells);
void     strata_pooled_conv_backward_cells  (const StrataPooledConv *shape,
                                             const float            *x,
                                             const gint32           *cells,
                                             const float            *dpooled,
                                             float                  *dw);

G_END_DECLS
