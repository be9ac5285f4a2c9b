/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/pooling/pool-base.h"

static const StrataParam params[] = { STRATA_GLOBAL_POOL_PARAMS, { NULL } };

const StrataLayerInfo strata_layer_global_max_pooling1d = {
  .object = {
    .name = "GlobalMaxPooling1D",
    .aliases = (const char *const[]){ "GlobalMaxPool1D", NULL },
    .title = "Global max pooling 1D",
    .category = "Pooling",
    .description = "Keeps the largest number of each channel of all of a sequence",
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
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,9,3",
  .call = strata_global_pool_layer_call_max,
};
