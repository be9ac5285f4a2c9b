/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/conv-base.h"

static const StrataParam params[] = { STRATA_CONV_PARAMS (1, "valid", "same", "causal"), { NULL } };

const StrataLayerInfo strata_layer_conv1d = {
  .object = {
    .name = "Conv1D",
    .aliases = (const char *const[]){ "Convolution1D", NULL },
    .title = "1D convolution",
    .category = "Convolution",
    .description = "Looks for patterns along a sequence, the same everywhere",
    .formula = "y[i, f] = activation(Σ x[i · stride + j, c] · kernel[j, c, f] + bias[f])",
    .params = params,
    .instance_size = sizeof (StrataConvLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 3}",
      "{\"filters\": 4, \"kernel_size\": 3, \"strides\": 2, \"padding\": \"same\", \"activation\": \"relu\"}",
      "{\"filters\": 3, \"kernel_size\": 2, \"padding\": \"causal\", \"dilation_rate\": 2}",
      "{\"filters\": 4, \"kernel_size\": 3, \"groups\": 2, \"use_bias\": false}",
      "{\"filters\": 3, \"kernel_size\": 3, \"padding\": \"same\", \"activation\": \"softmax\", "
      "\"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": 0.01}}}",
      "{\"filters\": 2, \"kernel_size\": 3, \"data_format\": \"channels_first\"}",
      NULL },
    .configured = strata_conv_layer_configured,
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,8,4",
  .build = strata_conv_layer_build,
  .call = strata_conv_layer_call,
};
