/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/depthwise-base.h"

static const StrataParam params[] = { STRATA_SEPARABLE_PARAMS (1, "valid", "same", "causal"), { NULL } };

const StrataLayerInfo strata_layer_separable_conv1d = {
  .object = {
    .name = "SeparableConv1D",
    .aliases = (const char *const[]){ "SeparableConvolution1D", NULL },
    .title = "Separable convolution 1D",
    .category = "Convolution",
    .description = "Looks at each channel of a sequence by itself, then mixes them: takes fewer weights",
    .formula = "y = activation(pointwise(depthwise(x)) + bias)",
    .params = params,
    .instance_size = sizeof (StrataConvLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 3}",
      "{\"filters\": 2, \"kernel_size\": 3, \"depth_multiplier\": 2, \"padding\": \"same\", \"activation\": \"relu\"}",
      "{\"filters\": 5, \"kernel_size\": 3, \"strides\": 2, \"use_bias\": false}",
      "{\"filters\": 3, \"kernel_size\": 2, \"dilation_rate\": 2}",
      "{\"filters\": 3, \"kernel_size\": 2, \"data_format\": \"channels_first\"}",
      "{\"filters\": 2, \"kernel_size\": 3, \"padding\": \"causal\"}",
      NULL },
    .configured = strata_conv_layer_configured,
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,7,4",
  .build = strata_separable_layer_build,
  .call = strata_separable_layer_call,
};
