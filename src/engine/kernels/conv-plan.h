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
                                   gboolean               whole_images,
                                   gint64                 min_slabs);
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

/**
 * StrataConvCursor:
 * @at: where, from the origin of the view, the input of the position starts
 *
 * Goes through the output positions of a slab.
 */
typedef struct
{
  gint64 at;
  gint64 x, y, z;
  gint64 next_line, next_plane, next_image; /* how far from the end of the one before */
} StrataConvCursor;

static inline void
strata_conv_cursor_init (StrataConvCursor     *cursor,
                         const StrataConvPlan *plan,
                         const StrataConvSlab *slab,
                         const StrataConvView *view)
{
  gint64 x = plan->stride[2] * view->step[2], y = plan->stride[1] * view->step[1], z = plan->stride[0] * view->step[0];

  cursor->at = cursor->x = cursor->y = cursor->z = 0;
  cursor->next_line = y - slab->out[2] * x;
  cursor->next_plane = z - slab->out[1] * y;
  cursor->next_image = view->image - slab->out[0] * z;
}

/* To the position @n after, at most the first one of the next line; @step is
 * that between positions of a line. */
static inline void
strata_conv_cursor_advance (StrataConvCursor     *cursor,
                            const StrataConvSlab *slab,
                            gint64                step,
                            gint64                n)
{
  cursor->at += n * step;
  cursor->x += n;
  if (cursor->x < slab->out[2])
    return;
  cursor->x = 0;
  cursor->at += cursor->next_line;
  if (++cursor->y < slab->out[1])
    return;
  cursor->y = 0;
  cursor->at += cursor->next_plane;
  if (++cursor->z < slab->out[0])
    return;
  cursor->z = 0;
  cursor->at += cursor->next_image;
}

G_END_DECLS
