/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv-plan.h"

G_BEGIN_DECLS

/* Convolutions by 3 x 3 with fewer products: Winograd's F(2 x 2, 3 x 3) makes
 * two by two outputs from four by four inputs with 16 products instead of 36
 * (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015).
 * It is exact but for rounding, which stays in the last digits. */

/* Numbers of the transform of a tile. */
#define STRATA_WINOGRAD_POINTS 16

/**
 * StrataWinogradKernel:
 * @spread_input: a tile of four by four cells of x becomes 16 numbers a channel
 * @gather_output: 16 numbers a channel become up to two by two outputs
 * @spread_output: the transpose of that, for gradients
 * @spread_weights: the nine weights become 16
 * @gather_weights: the transpose of that
 *
 * Vectors of channels, whose number is a multiple of the vector. Of the 16,
 * one is @stride after the other.
 */
typedef struct
{
  void (*spread_input)   (const float          *x,
                          gint64                line,
                          gint64                n_channels,
                          float                *v,
                          gint64                stride);
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

gboolean strata_winograd_can_forward     (const StrataConvPlan *plan);
gboolean strata_winograd_can_input       (const StrataConvPlan *plan);
gboolean strata_winograd_can_kernel      (const StrataConvPlan *plan);
void     strata_winograd_forward         (const StrataConvPlan *plan,
                                          const float          *x,
                                          const float          *w,
                                          float                *y,
                                          const StrataEpilogue *epilogue);
void     strata_winograd_backward_input  (const StrataConvPlan *plan,
                                          const float          *dy,
                                          const float          *w,
                                          float                *dx);
void     strata_winograd_backward_kernel (const StrataConvPlan *plan,
                                          const float          *x,
                                          const float          *dy,
                                          float                *dw);

G_END_DECLS
