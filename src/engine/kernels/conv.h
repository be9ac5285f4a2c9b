/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/gemm.h"

#include "kernels/pooling.h"

G_BEGIN_DECLS

#define STRATA_CONV_MAX_DIMS 3

/**
 * StrataConvShape:
 * @nd: number of spatial dimensions, 1 to 3; the arrays hold as many
 * @batch: number of samples
 * @in: input size
 * @out: output size
 * @kernel: kernel size
 * @stride: step between output positions
 * @dilation: step between taps of the kernel
 * @pad: zeros before the input; those after it follow from the sizes
 * @in_channels: channels of the input, a multiple of @groups
 * @out_channels: channels of the output, a multiple of @groups
 * @groups: number of groups of channels that do not see each other
 *
 * Inputs and outputs are (batch, spatial..., channels), kernels
 * (spatial..., in_channels / groups, out_channels), all dense.
 */
typedef struct
{
  int nd;
  gint64 batch;
  gint64 in[STRATA_CONV_MAX_DIMS];
  gint64 out[STRATA_CONV_MAX_DIMS];
  gint64 kernel[STRATA_CONV_MAX_DIMS];
  gint64 stride[STRATA_CONV_MAX_DIMS];
  gint64 dilation[STRATA_CONV_MAX_DIMS];
  gint64 pad[STRATA_CONV_MAX_DIMS];
  gint64 in_channels;
  gint64 out_channels;
  gint64 groups;
} StrataConvShape;

/**
 * StrataPooledGradient:
 * @pooling: max pooling of a convolution's output
 * @y: that output
 * @pooled: what is left of it
 * @dpooled: gradient of the loss at that
 *
 * The gradient at the output of a convolution, before it is spread over @y.
 */
typedef struct
{
  StrataPoolingShape pooling;
  const float *y;
  const float *pooled;
  const float *dpooled;
} StrataPooledGradient;

void  strata_conv_forward          (const StrataConvShape *shape,
                                    const float           *x,
                                    const float           *w,
                                    float                 *y,
                                    const StrataEpilogue  *epilogue);
gsize strata_conv_get_prepared     (const StrataConvShape *shape);
void  strata_conv_prepare          (const StrataConvShape *shape,
                                    const float           *w,
                                    float                 *prepared);
void  strata_conv_forward_prepared (const StrataConvShape *shape,
                                    const float           *x,
                                    const float           *prepared,
                                    float                 *y,
                                    const StrataEpilogue  *epilogue);
void  strata_conv_backward_input   (const StrataConvShape *shape,
                                    const float           *dy,
                                    const float           *w,
                                    float                 *dx);
void  strata_conv_backward_kernel  (const StrataConvShape *shape,
                                    const float           *x,
                                    const float           *dy,
                                    float                 *dw);

gboolean strata_conv_can_pooled             (const StrataConvShape      *shape);
void     strata_conv_backward_kernel_pooled (const StrataConvShape      *shape,
                                             const float                *x,
                                             const StrataPooledGradient *dy,
                                             float                      *dw);

G_END_DECLS
