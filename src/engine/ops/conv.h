/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "kernels/conv.h"
#include "ops/builder.h"

G_BEGIN_DECLS

/**
 * StrataConvOptions:
 * @stride: for each spatial dimension, the step between outputs
 * @dilation: for each, the step between taps of the kernel
 * @before: for each, zeros before the input
 * @after: for each, zeros after it
 * @groups: groups of channels that do not see each other
 */
typedef struct
{
  gint64 stride[STRATA_CONV_MAX_DIMS];
  gint64 dilation[STRATA_CONV_MAX_DIMS];
  gint64 before[STRATA_CONV_MAX_DIMS];
  gint64 after[STRATA_CONV_MAX_DIMS];
  gint64 groups;
} StrataConvOptions;

StrataValue *strata_conv                 (StrataBuilder *b, StrataValue *x, StrataValue *kernel,
                                          const StrataConvOptions *options);
StrataValue *strata_conv_input_gradient  (StrataBuilder *b, StrataValue *y, StrataValue *kernel,
                                          const StrataConvOptions *options, const gint64 *in);
StrataValue *strata_conv_kernel_gradient (StrataBuilder *b, StrataValue *x, StrataValue *y,
                                          const StrataConvOptions *options, const gint64 *kernel);
void         strata_conv_prepare_weights (StrataBuilder *b, StrataNode *node);
gboolean     strata_conv_can_expand      (const StrataNode *node);
void         strata_conv_expand          (StrataNode *node);
gboolean     strata_conv_can_gate        (const StrataNode *node);
void         strata_conv_gate            (StrataNode *node);
gboolean     strata_conv_can_spread      (const StrataNode *node);
void         strata_conv_spread          (StrataNode *node);
gboolean     strata_conv_can_pool        (const StrataNode *pooling);
void         strata_conv_pool            (StrataNode *pooling);
gboolean     strata_conv_can_use_cells   (const StrataNode *node, const StrataNode *pooling);
void         strata_conv_use_cells       (StrataNode *node, StrataNode *pooling);

G_END_DECLS
