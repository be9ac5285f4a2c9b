/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/convolution/conv-base.h"

G_BEGIN_DECLS

/* Convolutions of Keras 2 that have a kernel of its own for each place. */
typedef struct
{
  StrataConvLayer parent;
  gint64 implementation;
} StrataLocalLayer;

#define STRATA_LOCAL_PARAMS(nd)                                                                                        \
  STRATA_CONV_PARAM_FILTERS,                                                                                           \
  STRATA_PARAM (INTS, StrataConvLayer, kernel_size, NULL, .count = nd, .minimum = 1, .maximum = 4096,                  \
                .soft_minimum = 1,                                                                                     \
                .soft_maximum = 7, .title = "Kernel size", .description = "Size of the window it looks through"),      \
  STRATA_PARAM (INTS, StrataConvLayer, strides, "1", .count = nd, .minimum = 1, .maximum = 4096, .soft_minimum = 1,    \
                .soft_maximum = 4, .title = "Strides", .description = "How far the window moves each time"),           \
  STRATA_PARAM_PADDING (StrataConvLayer, "valid", "same"),                                                             \
  STRATA_PARAM_DATA_FORMAT (StrataConvLayer),                                                                          \
  STRATA_CONV_PARAMS_WEIGHT (kernel, "Kernel", "weights"), STRATA_CONV_PARAMS_BIAS,                                    \
  STRATA_PARAM (INT, StrataLocalLayer, implementation, "1", .minimum = 1, .maximum = 3, .title = "Implementation",     \
                .description = "How Keras 2 keeps the weights: 1 a block for each place, "                             \
                               "2 all from input to output, 3 a list of those that count")

gboolean strata_local_layer_configured (StrataObject *object, GError **error);
gboolean strata_local_layer_build      (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs, GError **error);
void     strata_local_layer_call       (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
