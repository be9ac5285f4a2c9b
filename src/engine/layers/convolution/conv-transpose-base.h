/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/convolution/conv-base.h"

G_BEGIN_DECLS

/* Transposed convolutions of one, two and three dimensions. */
#define STRATA_CONV_TRANSPOSE_PARAMS(nd)                                                                               \
  STRATA_CONV_PARAM_FILTERS, STRATA_CONV_PARAMS_WINDOW (nd, "valid", "same"),                                          \
  STRATA_PARAM (INTS, StrataConvLayer, output_padding, "null", .count = nd, .nullable = TRUE, .minimum = 0,            \
                .maximum = G_MAXINT32, .soft_minimum = 0, .soft_maximum = 4, .title = "Output padding",                \
                .description = "How much larger the output is on one side; worked out where nothing is given"),        \
  STRATA_CONV_PARAMS_WEIGHT (kernel, "Kernel", "weights"), STRATA_CONV_PARAMS_BIAS

gint64   strata_conv_transpose_plan (StrataConvOptions *options, int d, gint64 n, gint64 kernel, gboolean same,
                                     gint64 output_padding);
gboolean strata_conv_transpose_layer_configured (StrataObject *object, GError **error);
gboolean strata_conv_transpose_layer_build (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs,
                                            GError **error);
void     strata_conv_transpose_layer_call  (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
