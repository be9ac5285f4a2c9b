/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernels/conv-plan.h"

#include <string.h>

/* Outputs of a slab: what they see and the rows of output gradients they meet
 * fill about the first-level cache. */
#define SLAB_POSITIONS 256
static void
copy_dims (gint64       *to,
           const gint64 *from,
           int           nd,
           gint64        missing)
{
  for (int d = 0; d < STRATA_CONV_DIMS; d++)
    to[d] = d < STRATA_CONV_DIMS - nd ? missing : from[d - (STRATA_CONV_DIMS - nd)];
}

/* A convolution by single cells, or by windows as large as the input, is one
 * product of matrices as it lies in memory. */
static void
find_gemm (StrataConvPlan *plan)
{
  gboolean pointwise = TRUE, whole = TRUE;

  plan->gemm_m = plan->gemm_k = 0;
  if (plan->groups != 1 || plan->padded)
    return;
  for (int d = 0; d < STRATA_CONV_DIMS; d++)
    {
      pointwise = pointwise && plan->kernel[d] == 1 && plan->in[d] == plan->out[d];
      whole = whole && plan->out[d] == 1 && plan->kernel[d] == plan->in[d];
    }
  if (pointwise || whole)
    {
      plan->gemm_m = plan->batch * plan->n_positions;
      plan->gemm_k = plan->n_taps * plan->in_channels;
    }
}

/* The size of the fewest parts of @n that are at most @most, about equal. */
static gint64
split (gint64 n,
       gint64 most)
{
  gint64 parts = MAX ((n + most - 1) / most, 1);

  return MAX ((n + parts - 1) / parts, 1);
}

static void
cut_slabs (StrataConvPlan *plan,
           gboolean        whole_images,
           gint64          min_slabs)
{
  gint64 images = MAX (plan->batch, 1), length;

  plan->axis = 0;
  while (plan->axis < STRATA_CONV_DIMS - 1 && plan->out[plan->axis] == 1)
    plan->axis++;
  length = plan->out[plan->axis];
  images = CLAMP (SLAB_POSITIONS / MAX (plan->n_positions, 1), 1, (images + min_slabs - 1) / min_slabs);
  plan->slab_images = split (plan->batch, images);
  plan->slab_length = MAX (length, 1);
  if (!whole_images && plan->n_positions > SLAB_POSITIONS)
    plan->slab_length = split (length, MAX (SLAB_POSITIONS * length / plan->n_positions, 1));
  plan->n_slabs = ((plan->batch + plan->slab_images - 1) / plan->slab_images) *
                  ((length + plan->slab_length - 1) / plan->slab_length);
}

/*
 * strata_conv_plan_init:
 * @whole_images: whether slabs must not split an image
 * @min_slabs: how many slabs there are at least, if there are as many images
 */
void
strata_conv_plan_init (StrataConvPlan        *plan,
                       const StrataConvShape *shape,
                       gboolean               whole_images,
                       gint64                 min_slabs)
{
  copy_dims (plan->in, shape->in, shape->nd, 1);
  copy_dims (plan->out, shape->out, shape->nd, 1);
  copy_dims (plan->kernel, shape->kernel, shape->nd, 1);
  copy_dims (plan->stride, shape->stride, shape->nd, 1);
  copy_dims (plan->dilation, shape->dilation, shape->nd, 1);
  copy_dims (plan->pad, shape->pad, shape->nd, 0);
  plan->batch = shape->batch;
  plan->in_channels = shape->in_channels;
  plan->out_channels = shape->out_channels;
  plan->groups = shape->groups;
  plan->group_in = shape->in_channels / shape->groups;
  plan->group_out = shape->out_channels / shape->groups;
  plan->n_taps = plan->n_positions = 1;
  plan->padded = FALSE;
  for (int d = 0; d < STRATA_CONV_DIMS; d++)
    {
      plan->n_taps *= plan->kernel[d];
      plan->n_positions *= plan->out[d];
      plan->extent[d] = (plan->out[d] - 1) * plan->stride[d] + (plan->kernel[d] - 1) * plan->dilation[d] + 1;
      plan->padded = plan->padded || plan->pad[d] > 0 || plan->extent[d] > plan->in[d];
    }
  find_gemm (plan);
  cut_slabs (plan, whole_images, min_slabs);
}

void
strata_conv_plan_get_slab (const StrataConvPlan *plan,
                           gint64                index,
                           StrataConvSlab       *slab)
{
  int axis = plan->axis;
  gint64 parts = (plan->out[axis] + plan->slab_length - 1) / plan->slab_length;
  gint64 inner = 1;

  slab->image = index / parts * plan->slab_images;
  slab->n_images = MIN (plan->slab_images, plan->batch - slab->image);
  slab->from = index % parts * plan->slab_length;
  memcpy (slab->out, plan->out, sizeof slab->out);
  memcpy (slab->size, plan->extent, sizeof slab->size);
  slab->out[axis] = MIN (plan->slab_length, plan->out[axis] - slab->from);
  slab->size[axis] = (slab->out[axis] - 1) * plan->stride[axis] + (plan->kernel[axis] - 1) * plan->dilation[axis] + 1;
  for (int d = axis + 1; d < STRATA_CONV_DIMS; d++)
    inner *= plan->out[d];
  slab->first_out = slab->image * plan->n_positions + slab->from * inner;
  slab->n_positions = slab->n_images * slab->out[axis] * inner;
}

/* How many numbers the padded input of the largest slab has; 0 if it needs no padding. */
gsize
strata_conv_plan_pad_size (const StrataConvPlan *plan)
{
  StrataConvSlab slab;

  if (!plan->padded)
    return 0;
  strata_conv_plan_get_slab (plan, 0, &slab);
  return slab.n_images * slab.size[0] * slab.size[1] * slab.size[2] * plan->in_channels;
}

/* The view of a slab's input, in the whole input or, if that is padded, in the slab's own copy. */
void
strata_conv_plan_view (const StrataConvPlan *plan,
                       const StrataConvSlab *slab,
                       StrataConvView       *view)
{
  const gint64 *size = plan->padded ? slab->size : plan->in;

  view->step[2] = plan->in_channels;
  view->step[1] = view->step[2] * size[2];
  view->step[0] = view->step[1] * size[1];
  view->image = view->step[0] * size[0];
  view->origin = 0;
  if (!plan->padded)
    view->origin = slab->image * view->image + slab->from * plan->stride[plan->axis] * view->step[plan->axis];
}

/* Where in the input line @line (counted over planes and images) of a padded
 * slab is, or -1 if it is padding. */
static gint64
find_line (const StrataConvPlan *plan,
           const StrataConvSlab *slab,
           gint64                line)
{
  gint64 cell[2] = { line / slab->size[1] % slab->size[0], line % slab->size[1] };
  gint64 image = slab->image + line / slab->size[1] / slab->size[0];

  for (int d = 0; d < 2; d++)
    {
      cell[d] -= plan->pad[d];
      if (d == plan->axis)
        cell[d] += slab->from * plan->stride[d];
      if (cell[d] < 0 || cell[d] >= plan->in[d])
        return -1;
    }
  return ((image * plan->in[0] + cell[0]) * plan->in[1] + cell[1]) * plan->in[2] * plan->in_channels;
}

/* The part of a line that is not padding: from @before, @length cells, which
 * start at cell @start of the input. */
static void
find_cells (const StrataConvPlan *plan,
            const StrataConvSlab *slab,
            gint64               *before,
            gint64               *start,
            gint64               *length)
{
  gint64 first = (plan->axis == 2 ? slab->from * plan->stride[2] : 0) - plan->pad[2];

  *before = CLAMP (-first, 0, slab->size[2]);
  *start = MAX (first, 0);
  *length = CLAMP (plan->in[2] - *start, 0, slab->size[2] - *before);
}

/* Copies what a slab sees of @x, with zeros around it. */
void
strata_conv_plan_pad (const StrataConvPlan *plan,
                      const StrataConvSlab *slab,
                      const float          *x,
                      float                *padded)
{
  gint64 n_lines = slab->n_images * slab->size[0] * slab->size[1];
  gint64 channels = plan->in_channels;
  gint64 width = slab->size[2] * channels;
  gint64 before, start, length;

  find_cells (plan, slab, &before, &start, &length);
  for (gint64 line = 0; line < n_lines; line++, padded += width)
    {
      gint64 at = find_line (plan, slab, line);

      if (at < 0)
        {
          memset (padded, 0, width * sizeof (float));
          continue;
        }
      memset (padded, 0, before * channels * sizeof (float));
      memcpy (padded + before * channels, x + at + start * channels, length * channels * sizeof (float));
      memset (padded + (before + length) * channels, 0, (width - (before + length) * channels) * sizeof (float));
    }
}

/* Copies the inside of a padded slab back, channels @from to @to. */
void
strata_conv_plan_unpad (const StrataConvPlan *plan,
                        const StrataConvSlab *slab,
                        const float          *padded,
                        gint64                from,
                        gint64                to,
                        float                *x)
{
  gint64 n_lines = slab->n_images * slab->size[0] * slab->size[1];
  gint64 channels = plan->in_channels;
  gint64 before, start, length;

  find_cells (plan, slab, &before, &start, &length);
  for (gint64 line = 0; line < n_lines; line++)
    {
      const float *cells = padded + (line * slab->size[2] + before) * channels;
      gint64 at = find_line (plan, slab, line);

      if (at < 0)
        continue;
      at += start * channels;
      if (to - from == channels)
        memcpy (x + at, cells, length * channels * sizeof (float));
      else
        for (gint64 i = from; i < length * channels; i += channels)
          memcpy (x + at + i, cells + i, (to - from) * sizeof (float));
    }
}

/* The offsets in a view of the runs of a patch that lie together in memory, in
 * the order of the kernel; at most n_taps. Returns how many there are. */
gint64
strata_conv_plan_runs (const StrataConvPlan *plan,
                       const StrataConvView *view,
                       gint64               *runs,
                       gint64               *length)
{
  gboolean together = plan->groups == 1 && plan->dilation[2] == 1;
  gint64 n_x = together ? 1 : plan->kernel[2];
  gint64 n = 0;

  *length = together ? plan->kernel[2] * plan->group_in : plan->group_in;
  for (gint64 z = 0; z < plan->kernel[0]; z++)
    for (gint64 y = 0; y < plan->kernel[1]; y++)
      for (gint64 x = 0; x < n_x; x++)
        runs[n++] = z * plan->dilation[0] * view->step[0] + y * plan->dilation[1] * view->step[1] +
                    x * plan->dilation[2] * view->step[2];
  return n;
}

/* The offsets in a view of each tap of the kernel. */
void
strata_conv_plan_taps (const StrataConvPlan *plan,
                       const StrataConvView *view,
                       gint64               *taps)
{
  for (gint64 z = 0; z < plan->kernel[0]; z++)
    for (gint64 y = 0; y < plan->kernel[1]; y++)
      for (gint64 x = 0; x < plan->kernel[2]; x++)
        *taps++ = z * plan->dilation[0] * view->step[0] + y * plan->dilation[1] * view->step[1] +
                  x * plan->dilation[2] * view->step[2];
}
