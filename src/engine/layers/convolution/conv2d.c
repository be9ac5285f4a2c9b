/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/conv-base.h"

static const StrataParam params[] = { STRATA_CONV_PARAMS (2, "valid", "same"), { NULL } };

const StrataLayerInfo strata_layer_conv2d = {
  .object = {
    .name = "Conv2D",
    .aliases = (const char *const[]){ "Convolution2D", NULL },
    .title = "2D convolution",
    .category = "Convolution",
    .description = "Looks for small patterns in an image, the same everywhere",
    .formula = "y[i, f] = activation(Σ x[i · stride + j, c] · kernel[j, c, f] + bias[f])",
    .params = params,
    .instance_size = sizeof (StrataConvLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 3}",
      "{\"filters\": 4, \"kernel_size\": [3, 2], \"strides\": [2, 1], \"padding\": \"same\", \"activation\": \"relu\"}",
      "{\"filters\": 3, \"kernel_size\": 2, \"dilation_rate\": [2, 3], \"activation\": \"softmax\"}",
      "{\"filters\": 4, \"kernel_size\": 3, \"groups\": 4, \"use_bias\": false}",
      "{\"filters\": 5, \"kernel_size\": 1, \"strides\": 2}",
      "{\"filters\": 2, \"kernel_size\": 3, \"data_format\": \"channels_first\", \"padding\": \"same\"}",
      NULL },
    .configured = strata_conv_layer_configured,
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,7,8,4",
  .build = strata_conv_layer_build,
  .call = strata_conv_layer_call,
};
