/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/pool-base.h"

static const StrataParam params[] = { STRATA_POOL_PARAMS (3, "2"), { NULL } };

const StrataLayerInfo strata_layer_max_pooling3d = {
  .object = {
    .name = "MaxPooling3D",
    .aliases = (const char *const[]){ "MaxPool3D", NULL },
    .title = "Max pooling 3D",
    .category = "Pooling",
    .description = "Keeps the largest number of each window: a volume becomes smaller",
    .formula = "y[i, c] = max over the window of x[i · stride + j, c]",
    .params = params,
    .instance_size = sizeof (StrataPoolLayer),
    .samples = (const char *const[]){
      "{\"pool_size\": 2}",
      "{\"pool_size\": 3, \"strides\": 2, \"padding\": \"same\"}",
      "{\"pool_size\": 3, \"strides\": 1}",
      "{\"pool_size\": [2, 3, 1], \"padding\": \"same\"}",
      "{\"pool_size\": 2, \"strides\": 3, \"data_format\": \"channels_first\", \"padding\": \"same\"}",
      NULL },
    .configured = strata_pool_layer_configured,
  },
  .min_rank = 5,
  .max_rank = 5,
  .sample_inputs = "2,5,6,5,3",
  .call = strata_pool_layer_call_max,
};
