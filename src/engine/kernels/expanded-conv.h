/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv.h"

G_BEGIN_DECLS

/**
 * StrataExpansion:
 * @n_features: numbers of each cell of @x
 * @x: (batch, spatial..., features)
 * @w: (features, channels)
 * @bias: a number a channel
 * @kind: the activation
 *
 * A convolution by single cells, which makes many channels of a few.
 */
typedef struct
{
  gint64 n_features;
  const float *x;
  const float *w;
  const float *bias;
  StrataEpilogueKind kind;
} StrataExpansion;

gboolean strata_expanded_conv_can     (const StrataConvShape *shape);
void     strata_expanded_conv_forward (const StrataConvShape *shape,
                                       const StrataExpansion *expansion,
                                       const float           *w,
                                       float                 *y,
                                       const StrataEpilogue  *epilogue);

G_END_DECLS
