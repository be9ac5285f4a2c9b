/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv-plan.h"

G_BEGIN_DECLS

/* Convolutions by single cells, some steps apart: products of matrices once the cells that count lie together. */

gboolean strata_pointwise_can             (const StrataConvPlan *plan);
void     strata_pointwise_forward         (const StrataConvPlan *plan,
                                           const float          *x,
                                           const float          *w,
                                           float                *y,
                                           const StrataEpilogue *epilogue);
void     strata_pointwise_backward_input  (const StrataConvPlan *plan,
                                           const float          *dy,
                                           const float          *w,
                                           float                *dx);
void     strata_pointwise_backward_kernel (const StrataConvPlan *plan,
                                           const float          *x,
                                           const float          *dy,
                                           float                *dw);

G_END_DECLS
