/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv.h"

G_BEGIN_DECLS

#define STRATA_CONV_DIMS STRATA_CONV_MAX_DIMS

/**
 * StrataConvPlan:
 * @extent: how much of the input, padding included, the outputs see
 * @padded: whether that reaches beyond the input
 * @gemm_m: rows of the one product of matrices that the convolution is, or 0
 * @gemm_k: the columns of its left factor
 * @axis: the first dimension with more than one output: images are split there
 * @slab_images: how many images make a slab
 * @slab_length: how much of @axis makes a slab
 *
 * A convolution in three dimensions, the leading ones of size one if there are
 * fewer, cut into slabs: parts of an image or several images, small enough for
 * the cache. The cut depends on the shape only.
 */
typedef struct
{
  gint64 batch;
  gint64 in[STRATA_CONV_DIMS];
  gint64 out[STRATA_CONV_DIMS];
  gint64 kernel[STRATA_CONV_DIMS];
  gint64 stride[STRATA_CONV_DIMS];
  gint64 dilation[STRATA_CONV_DIMS];
  gint64 pad[STRATA_CONV_DIMS];
  gint64 extent[STRATA_CONV_DIMS];
  gint64 in_channels, out_channels;
  gint64 groups, group_in, group_out;
  gint64 n_taps;
  gint64 n_positions;
  gboolean padded;
  gint64 gemm_m, gemm_k;
  int axis;
  gint64 slab_images, slab_length;
  gint64 n_slabs;
} StrataConvPlan;

/**
 * StrataConvSlab:
 * @image: the first image
 * @from: the first output position along the axis of the split
 * @out: output size
 * @size: size of the input, padding included
 * @first_out: index of the first output position of all
 *
 * A slab of a convolution's outputs and what they see of its input.
 */
typedef struct
{
  gint64 image, n_images;
  gint64 from;
  gint64 out[STRATA_CONV_DIMS];
  gint64 size[STRATA_CONV_DIMS];
  gint64 n_positions;
  gint64 first_out;
} StrataConvSlab;

/* Where the input of a slab is: steps between images, planes, lines and cells. */
typedef struct
{
  gint64 origin;
  gint64 image;
  gint64 step[STRATA_CONV_DIMS];
} StrataConvView;

void   strata_conv_plan_init      (StrataConvPlan        *plan,
                                   const StrataConvShape *shape,
                                   gboolean               whole_images);
void   strata_conv_plan_get_slab  (const StrataConvPlan  *plan,
                                   gint64                 index,
                                   StrataConvSlab        *slab);
gsize  strata_conv_plan_pad_size  (const StrataConvPlan  *plan);
void   strata_conv_plan_view      (const StrataConvPlan  *plan,
                                   const StrataConvSlab  *slab,
                                   StrataConvView        *view);
void   strata_conv_plan_pad       (const StrataConvPlan  *plan,
                                   const StrataConvSlab  *slab,
                                   const float           *x,
                                   float                 *padded);
void   strata_conv_plan_unpad     (const StrataConvPlan  *plan,
                                   const StrataConvSlab  *slab,
                                   const float           *padded,
                                   gint64                 from,
                                   gint64                 to,
                                   float                 *x);
void   strata_conv_plan_taps      (const StrataConvPlan  *plan,
                                   const StrataConvView  *view,
                                   gint64                *taps);
gint64 strata_conv_plan_runs      (const StrataConvPlan  *plan,
                                   const StrataConvView  *view,
                                   gint64                *runs,
                                   gint64                *length);

/* Where, from the origin of the view, the input of output position @index of the slab starts. */
static inline gint64
strata_conv_view_locate (const StrataConvPlan *plan,
                         const StrataConvSlab *slab,
                         const StrataConvView *view,
                         gint64                index)
{
  gint64 x = index % slab->out[2];
  gint64 line = index / slab->out[2];
  gint64 y = line % slab->out[1];
  gint64 plane = line / slab->out[1];
  gint64 z = plane % slab->out[0];

  return plane / slab->out[0] * view->image + z * plan->stride[0] * view->step[0] +
         y * plan->stride[1] * view->step[1] + x * plan->stride[2] * view->step[2];
}

G_END_DECLS
