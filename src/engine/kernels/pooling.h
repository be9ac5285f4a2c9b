/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STRATA_POOLING_MAX_DIMS 3

/**
 * StrataPoolingShape:
 * @nd: number of spatial dimensions, 1 to 3; the arrays hold as many
 * @batch: number of samples
 * @in: input size
 * @out: output size
 * @window: size of the windows
 * @stride: step between windows
 * @pad: cells before the input that do not count; those after it follow from
 *   the sizes. Every window holds a cell of the input.
 * @channels: number of channels, each pooled by itself
 *
 * Inputs and outputs are (batch, spatial..., channels), dense.
 */
typedef struct
{
  int nd;
  gint64 batch;
  gint64 in[STRATA_POOLING_MAX_DIMS];
  gint64 out[STRATA_POOLING_MAX_DIMS];
  gint64 window[STRATA_POOLING_MAX_DIMS];
  gint64 stride[STRATA_POOLING_MAX_DIMS];
  gint64 pad[STRATA_POOLING_MAX_DIMS];
  gint64 channels;
} StrataPoolingShape;

void strata_pooling_max              (const StrataPoolingShape *shape,
                                      const float              *x,
                                      float                    *y);
void strata_pooling_max_backward     (const StrataPoolingShape *shape,
                                      const float              *x,
                                      const float              *y,
                                      const float              *dy,
                                      float                    *dx);
void strata_pooling_average          (const StrataPoolingShape *shape,
                                      const float              *x,
                                      float                    *y);
void strata_pooling_average_backward (const StrataPoolingShape *shape,
                                      const float              *dy,
                                      float                    *dx);

G_END_DECLS
