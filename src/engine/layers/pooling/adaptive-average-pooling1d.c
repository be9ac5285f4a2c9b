/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/adaptive-pool-base.h"

static const StrataParam params[] = { STRATA_ADAPTIVE_POOL_PARAMS (1), { NULL } };

const StrataLayerInfo strata_layer_adaptive_average_pooling1d = {
  .object = {
    .name = "AdaptiveAveragePooling1D",
    .title = "Adaptive average pooling 1D",
    .category = "Pooling",
    .description = "Keeps the mean of each part of a sequence that is shared out evenly",
    .formula = "y[i] = mean of x from ⌊i · n / m⌋ to ⌈(i + 1) · n / m⌉, for n steps and m parts",
    .params = params,
    .instance_size = sizeof (StrataAdaptivePoolLayer),
    .samples = (const char *const[]){
      "{\"output_size\": 1}",
      "{\"output_size\": 2}",
      "{\"output_size\": 3}",
      "{\"output_size\": 2, \"data_format\": \"channels_first\"}",
      NULL },
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,7,3",
  .call = strata_adaptive_pool_layer_call_average,
};
