/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/conv-base.h"

static const StrataParam params[] = { STRATA_CONV_PARAMS (3, "valid", "same"), { NULL } };

const StrataLayerInfo strata_layer_conv3d = {
  .object = {
    .name = "Conv3D",
    .aliases = (const char *const[]){ "Convolution3D", NULL },
    .title = "3D convolution",
    .category = "Convolution",
    .description = "Looks for patterns in a volume or a film, the same everywhere",
    .formula = "y[i, f] = activation(Σ x[i · stride + j, c] · kernel[j, c, f] + bias[f])",
    .params = params,
    .instance_size = sizeof (StrataConvLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 2}",
      "{\"filters\": 4, \"kernel_size\": [3, 2, 1], \"strides\": [2, 1, 1], \"padding\": \"same\", \"activation\": "
      "\"relu\"}",
      "{\"filters\": 2, \"kernel_size\": 2, \"dilation_rate\": 2}",
      "{\"filters\": 4, \"kernel_size\": 2, \"groups\": 2, \"use_bias\": false}",
      "{\"filters\": 2, \"kernel_size\": [1, 2, 2], \"data_format\": \"channels_first\"}",
      NULL },
    .configured = strata_conv_layer_configured,
  },
  .min_rank = 5,
  .max_rank = 5,
  .sample_inputs = "2,5,6,5,4",
  .build = strata_conv_layer_build,
  .call = strata_conv_layer_call,
};
