/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/tile.h"
#include "kernels/winograd.h"

G_BEGIN_DECLS

/**
 * StrataWinograd:
 * @turned: whether @w is that of the convolution whose gradient at the input this is
 * @scattered: whether it is the tiles of x that do not overlap, and those of y that do and are added up
 * @u: transformed weights, or their gradient
 * @u_point: from one number of the transform of weights to the next
 * @tiles: tiles along each dimension of an image
 * @n_lines: lines of tiles, over all images
 * @block_lines: so many are transformed together
 *
 * A convolution by 3 x 3 cut into tiles: x, its transform V, the kernel's U,
 * their products M and what becomes of them, y.
 */
typedef struct
{
  const StrataWinogradKernel *transforms;
  const StrataTileKernel *kernel;
  gint64 batch;
  gint64 in[2], out[2], pad[2];
  gint64 n_in, n_out; /* channels */
  gint64 tiles[2];
  gint64 n_lines;
  gint64 block_lines;
  gint64 n_blocks, n_chunks;
  gboolean turned, scattered;
  const float *x, *w, *dy;
  float *u, *y, *dw;
  gint64 u_point;
  StrataEpilogue epilogue;
} StrataWinograd;

void     strata_winograd_init             (StrataWinograd       *self,
                                           const StrataConvPlan *plan,
                                           gint64                height,
                                           gint64                width);
gboolean strata_winograd_has_many_weights (const StrataConvPlan *plan);
gboolean strata_winograd_can_scatter      (const StrataConvPlan *plan);
void     strata_winograd_cut              (StrataWinograd *self,
                                           gint64          block_numbers,
                                           gint64          min_blocks);
void     strata_winograd_spread_inputs    (const StrataWinograd *self,
                                           gint64                first,
                                           gint64                end,
                                           float                *v,
                                           gint64                stride);
void     strata_winograd_visit_outputs    (const StrataWinograd *self,
                                           gint64                first,
                                           gint64                end,
                                           float                *m,
                                           gint64                stride);

/**
 * StrataWinogradTiles:
 * @v, @m: transforms of the inputs and the outputs of some tiles
 * @v_stride, @m_stride: from one number of a transform to the next
 */
typedef struct
{
  float *v, *m;
  gint64 v_stride, m_stride;
  gsize size;
} StrataWinogradTiles;

StrataWinogradTiles strata_winograd_push_tiles (const StrataWinograd *self,
                                                gint64                n_lines);
void                strata_winograd_pop_tiles  (const StrataWinogradTiles *tiles);

G_END_DECLS
