/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/adaptive-pool-base.h"

static const StrataParam params[] = { STRATA_ADAPTIVE_POOL_PARAMS (3), { NULL } };

const StrataLayerInfo strata_layer_adaptive_max_pooling3d = {
  .object = {
    .name = "AdaptiveMaxPooling3D",
    .title = "Adaptive max pooling 3D",
    .category = "Pooling",
    .description = "Keeps the largest number of each part of a volume that is shared out evenly",
    .formula = "y[i] = max of x from ⌊i · n / m⌋ to ⌈(i + 1) · n / m⌉, for n steps and m parts",
    .params = params,
    .instance_size = sizeof (StrataAdaptivePoolLayer),
    .samples = (const char *const[]){
      "{\"output_size\": 1}",
      "{\"output_size\": 2}",
      "{\"output_size\": [2, 3, 1]}",
      "{\"output_size\": 2, \"data_format\": \"channels_first\"}",
      NULL },
  },
  .min_rank = 5,
  .max_rank = 5,
  .sample_inputs = "1,4,5,6,2",
  .call = strata_adaptive_pool_layer_call_max,
};
