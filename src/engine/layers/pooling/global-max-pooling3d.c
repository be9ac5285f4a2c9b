/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/pool-base.h"

static const StrataParam params[] = { STRATA_GLOBAL_POOL_PARAMS, { NULL } };

const StrataLayerInfo strata_layer_global_max_pooling3d = {
  .object = {
    .name = "GlobalMaxPooling3D",
    .aliases = (const char *const[]){ "GlobalMaxPool3D", NULL },
    .title = "Global max pooling 3D",
    .category = "Pooling",
    .description = "Keeps the largest number of each channel of all of a volume",
    .formula = "y[c] = max over i of x[i, c]",
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
  .min_rank = 5,
  .max_rank = 5,
  .sample_inputs = "2,5,6,5,3",
  .call = strata_global_pool_layer_call_max,
};
