/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/depthwise-base.h"

static const StrataParam params[] = { STRATA_DEPTHWISE_PARAMS (2), { NULL } };

const StrataLayerInfo strata_layer_depthwise_conv2d = {
  .object = {
    .name = "DepthwiseConv2D",
    .title = "Depthwise convolution 2D",
    .category = "Convolution",
    .description = "Looks for patterns in each channel of an image by itself: few weights, fast",
    .formula = "y[i, c · m + k] = activation(Σ x[i · stride + j, c] · kernel[j, c, k] + bias)",
    .params = params,
    .instance_size = sizeof (StrataConvLayer),
    .samples = (const char *const[]){
      "{\"kernel_size\": 3}",
      "{\"kernel_size\": 3, \"depth_multiplier\": 2, \"padding\": \"same\", \"activation\": \"relu\"}",
      "{\"kernel_size\": 3, \"strides\": 2, \"use_bias\": false}",
      "{\"kernel_size\": 2, \"dilation_rate\": 2}",
      "{\"kernel_size\": 2, \"data_format\": \"channels_first\", \"padding\": \"same\"}",
      NULL },
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,5,6,4",
  .build = strata_depthwise_layer_build,
  .call = strata_depthwise_layer_call,
};
