/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/pool-base.h"

static const StrataParam params[] = { STRATA_POOL_PARAMS (2, NULL), { NULL } };

const StrataLayerInfo strata_layer_average_pooling2d = {
  .object = {
    .name = "AveragePooling2D",
    .aliases = (const char *const[]){ "AvgPool2D", NULL },
    .title = "Average pooling 2D",
    .category = "Pooling",
    .description = "Keeps the mean of each window: an image becomes smaller",
    .formula = "y[i, c] = mean over the window of x[i · stride + j, c]",
    .params = params,
    .instance_size = sizeof (StrataPoolLayer),
    .samples = (const char *const[]){
      "{\"pool_size\": 2}",
      "{\"pool_size\": 3, \"strides\": 2, \"padding\": \"same\"}",
      "{\"pool_size\": 3, \"strides\": 1}",
      "{\"pool_size\": [2, 4], \"padding\": \"same\"}",
      "{\"pool_size\": 2, \"strides\": 3, \"data_format\": \"channels_first\", \"padding\": \"same\"}",
      NULL },
    .configured = strata_pool_layer_configured,
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,7,8,3",
  .call = strata_pool_layer_call_average,
};
