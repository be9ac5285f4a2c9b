/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv.h"
#include "kernels/pooling.h"

G_BEGIN_DECLS

/* The same as the fast kernels, one number at a time and summed in double
 * precision: what the tests measure them by. */

void strata_naive_gemm                     (gboolean                  trans_a,
                                            gboolean                  trans_b,
                                            gint64                    m,
                                            gint64                    n,
                                            gint64                    k,
                                            const float              *a,
                                            gint64                    lda,
                                            const float              *b,
                                            gint64                    ldb,
                                            float                     beta,
                                            float                    *c,
                                            gint64                    ldc,
                                            const StrataEpilogue     *epilogue);
void strata_naive_conv_forward             (const StrataConvShape    *shape,
                                            const float              *x,
                                            const float              *w,
                                            float                    *y,
                                            const StrataEpilogue     *epilogue);
void strata_naive_conv_backward_input      (const StrataConvShape    *shape,
                                            const float              *dy,
                                            const float              *w,
                                            float                    *dx);
void strata_naive_conv_backward_kernel     (const StrataConvShape    *shape,
                                            const float              *x,
                                            const float              *dy,
                                            float                    *dw);
void strata_naive_pooling_max              (const StrataPoolingShape *shape,
                                            const float              *x,
                                            float                    *y);
void strata_naive_pooling_max_backward     (const StrataPoolingShape *shape,
                                            const float              *x,
                                            const float              *dy,
                                            float                    *dx);
void strata_naive_pooling_average          (const StrataPoolingShape *shape,
                                            const float              *x,
                                            float                    *y);
void strata_naive_pooling_average_backward (const StrataPoolingShape *shape,
                                            const float              *dy,
                                            float                    *dx);

G_END_DECLS
