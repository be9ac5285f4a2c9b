/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/pool-base.h"

static const StrataParam params[] = { STRATA_GLOBAL_POOL_PARAMS, { NULL } };

const StrataLayerInfo strata_layer_global_average_pooling2d = {
  .object = {
    .name = "GlobalAveragePooling2D",
    .aliases = (const char *const[]){ "GlobalAvgPool2D", NULL },
    .title = "Global average pooling 2D",
    .category = "Pooling",
    .description = "Keeps the mean of each channel over all of an image",
    .formula = "y[c] = mean over i of x[i, c]",
    .params = params,
    .instance_size = sizeof (StrataGlobalPoolLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"keepdims\": true}",
      "{\"data_format\": \"channels_first\"}",
      "{\"data_format\": \"channels_first\", \"keepdims\": true}",
      "{\"name\": \"summary\"}",
      NULL },
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,7,8,3",
  .call = strata_global_pool_layer_call_average,
};
