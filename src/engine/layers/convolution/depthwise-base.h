/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layers/convolution/conv-base.h"

G_BEGIN_DECLS

/* Convolutions that look at each channel by itself, in one dimension and in two. */
#define STRATA_DEPTHWISE_PARAMS(nd)                                                                                    \
  STRATA_CONV_PARAM_DEPTH_MULTIPLIER, STRATA_CONV_PARAMS_WINDOW (nd, "valid", "same"),                                 \
  STRATA_CONV_PARAMS_WEIGHT (depthwise, "Depthwise", "weights"), STRATA_CONV_PARAMS_BIAS
#define STRATA_SEPARABLE_PARAMS(nd, ...)                                                                               \
  STRATA_CONV_PARAM_FILTERS, STRATA_CONV_PARAM_DEPTH_MULTIPLIER, STRATA_CONV_PARAMS_WINDOW (nd, __VA_ARGS__),          \
  STRATA_CONV_PARAMS_WEIGHT (depthwise, "Depthwise", "weights of each channel"),                                       \
  STRATA_CONV_PARAMS_WEIGHT (pointwise, "Pointwise", "weights that mix channels"), STRATA_CONV_PARAMS_BIAS

gboolean strata_depthwise_layer_build (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs, GError **error);
void     strata_depthwise_layer_call  (StrataLayer *layer, StrataBuilder *b, StrataCall *call);
gboolean strata_separable_layer_build (StrataLayer *layer, const StrataSpec *inputs, guint n_inputs, GError **error);
void     strata_separable_layer_call  (StrataLayer *layer, StrataBuilder *b, StrataCall *call);

G_END_DECLS
