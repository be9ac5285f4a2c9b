/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/depthwise-base.h"

static const StrataParam params[] = { STRATA_SEPARABLE_PARAMS (2, "valid", "same"), { NULL } };

const StrataLayerInfo strata_layer_separable_conv2d = {
  .object = {
    .name = "SeparableConv2D",
    .aliases = (const char *const[]){ "SeparableConvolution2D", NULL },
    .title = "Separable convolution 2D",
    .category = "Convolution",
    .description = "Looks at each channel of an image by itself, then mixes them: takes fewer weights",
    .formula = "y = activation(pointwise(depthwise(x)) + bias)",
    .params = params,
    .instance_size = sizeof (StrataConvLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 3}",
      "{\"filters\": 2, \"kernel_size\": 3, \"depth_multiplier\": 2, \"padding\": \"same\", \"activation\": \"relu\"}",
      "{\"filters\": 5, \"kernel_size\": 3, \"strides\": 2, \"use_bias\": false}",
      "{\"filters\": 3, \"kernel_size\": 2, \"dilation_rate\": 2}",
      "{\"filters\": 3, \"kernel_size\": 2, \"data_format\": \"channels_first\"}",
      NULL },
    .configured = strata_conv_layer_configured,
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,5,6,4",
  .build = strata_separable_layer_build,
  .call = strata_separable_layer_call,
};
