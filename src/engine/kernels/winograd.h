/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv-plan.h"

G_BEGIN_DECLS

/* Convolutions by 3 x 3 with fewer products (Lavin and Gray, "Fast Algorithms
 * for Convolutional Neural Networks", 2015): Winograd's F(2 x 2, 3 x 3) makes
 * two by two outputs from four by four inputs with 16 products instead of 36,
 * and F(4 x 4, 3 x 3) four by four outputs from six by six inputs with 36
 * instead of 144. They are exact but for rounding: that of the larger one is
 * about twice that of a plain sum, with the points that it is made of here. */

#define STRATA_WINOGRAD_MAX_POINTS 36

/* Columns of transformed weights that lie together, for whatever instruction set. */
#define STRATA_WINOGRAD_PANEL 32

/**
 * StrataWinogradKernel:
 * @n_outputs: height and width of a tile of outputs
 * @n_points: numbers of the transform of a tile: (@n_outputs + 2)²
 * @spread_input: a tile of cells of x becomes its transform, channel by channel
 * @gather_input: the transpose of that, added to the cells, for gradients: of rows and columns from the first to
 *   before the second
 * @gather_output: what a transform of outputs stands for; up to @n_outputs rows and columns
 * @spread_output: the transpose of that, for gradients
 * @spread_weights: the transform of the nine weights
 * @gather_weights: the transpose of that
 *
 * Vectors of channels, whose number is a multiple of the vector. Of a
 * transform, one number is @stride after the other.
 */
typedef struct
{
  int n_outputs;
  int n_points;
  void (*spread_input)   (const float          *x,
                          gint64                line,
                          gint64                n_channels,
                          float                *v,
                          gint64                stride);
  void (*gather_input)   (const float          *v,
                          gint64                stride,
                          gint64                n_channels,
                          float                *x,
                          gint64                line,
                          const int             rows[2],
                          const int             columns[2]);
  void (*gather_output)  (const float          *m,
                          gint64                stride,
                          gint64                n_channels,
                          const StrataEpilogue *epilogue,
                          float                *y,
                          gint64                line,
                          int                   n_rows,
                          int                   n_columns);
  void (*spread_output)  (const float          *dy,
                          gint64                line,
                          int                   n_rows,
                          int                   n_columns,
                          gint64                n_channels,
                          float                *m,
                          gint64                stride);
  void (*spread_weights) (const float          *w,
                          gint64                tap,
                          gint64                n,
                          float                *u,
                          gint64                stride);
  void (*gather_weights) (const float          *u,
                          gint64                stride,
                          gint64                n,
                          float                *w,
                          gint64                tap);
} StrataWinogradKernel;

gboolean strata_winograd_can_forward      (const StrataConvPlan *plan);
gboolean strata_winograd_can_input        (const StrataConvPlan *plan);
gboolean strata_winograd_can_kernel       (const StrataConvPlan *plan);
gsize    strata_winograd_get_prepared     (const StrataConvPlan *plan);
void     strata_winograd_prepare          (const StrataConvPlan *plan,
                                           const float          *w,
                                           float                *u);
void     strata_winograd_forward          (const StrataConvPlan *plan,
                                           const float          *x,
                                           const float          *w,
                                           float                *y,
                                           const StrataEpilogue *epilogue);
void     strata_winograd_forward_prepared (const StrataConvPlan *plan,
                                           const float          *x,
                                           const float          *u,
                                           float                *y,
                                           const StrataEpilogue *epilogue);
void     strata_winograd_backward_input   (const StrataConvPlan *plan,
                                           const float          *dy,
                                           const float          *w,
                                           float                *dx);
void     strata_winograd_backward_kernel  (const StrataConvPlan *plan,
                                           const float          *x,
                                           const float          *dy,
                                           float                *dw);

G_END_DECLS
