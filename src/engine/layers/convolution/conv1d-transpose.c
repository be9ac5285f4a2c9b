/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/conv-transpose-base.h"

static const StrataParam params[] = { STRATA_CONV_TRANSPOSE_PARAMS (1), { NULL } };

const StrataLayerInfo strata_layer_conv1d_transpose = {
  .object = {
    .name = "Conv1DTranspose",
    .aliases = (const char *const[]){ "Convolution1DTranspose", NULL },
    .title = "Transposed convolution 1D",
    .category = "Convolution",
    .description = "Draws a pattern for each number of a sequence: makes it larger, where a convolution makes it "
                   "smaller",
    .formula = "y[i · stride + j, f] += x[i, c] · kernel[j, f, c]",
    .params = params,
    .instance_size = sizeof (StrataConvLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 3}",
      "{\"filters\": 2, \"kernel_size\": 3, \"strides\": 2, \"padding\": \"same\", \"activation\": \"relu\"}",
      "{\"filters\": 2, \"kernel_size\": 2, \"strides\": 3, \"use_bias\": false}",
      "{\"filters\": 2, \"kernel_size\": 3, \"strides\": 2, \"padding\": \"same\", \"output_padding\": 1}",
      "{\"filters\": 2, \"kernel_size\": 2, \"data_format\": \"channels_first\"}",
      "{\"filters\": 2, \"kernel_size\": 3, \"strides\": 2, \"output_padding\": 1}",
      NULL },
    .configured = strata_conv_transpose_layer_configured,
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,7,4",
  .build = strata_conv_transpose_layer_build,
  .call = strata_conv_transpose_layer_call,
};
