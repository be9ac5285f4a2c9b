/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/conv.h"

G_BEGIN_DECLS

/* What a convolution and its two gradients share. */

/**
 * StrataConvAttrs:
 * @options: how the kernel moves
 * @size: the size along each spatial dimension that the inputs do not tell: of
 *   the input for conv_input_gradient, of the kernel for conv_kernel_gradient
 *   and where it is prepared
 * @prepared: whether the kernel comes from conv_weights
 * @epilogue: what is done to each result
 */
typedef struct
{
  StrataConvOptions options;
  gint64 size[STRATA_CONV_MAX_DIMS];
  gboolean prepared;
  StrataEpilogueKind epilogue;
} StrataConvAttrs;

gint64   strata_conv_count     (const StrataConvOptions *options, int d, gint64 in, gint64 kernel);
gboolean strata_conv_check     (StrataNode *node, GError **error);
void     strata_conv_get_shape (const StrataConvOptions *options, const StrataShape *x, const StrataShape *kernel,
                                const StrataShape *y, StrataConvShape *shape);
gboolean strata_conv_is_pointwise (const StrataNode *node);
double   strata_conv_get_flops (const StrataConvShape *shape);

extern const StrataOp strata_op_conv;

StrataValue *strata_conv_weights (StrataBuilder *b, StrataValue *kernel, const StrataConvShape *shape);

G_END_DECLS
