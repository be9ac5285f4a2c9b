/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/locally-connected-base.h"

static const StrataParam params[] = { STRATA_LOCAL_PARAMS (1), { NULL } };

const StrataLayerInfo strata_layer_locally_connected1d = {
  .object = {
    .name = "LocallyConnected1D",
    .title = "1D locally connected",
    .category = "Convolution",
    .description = "Looks for patterns along a sequence, others at each place; a layer of Keras 2",
    .formula = "y[i, f] = activation(Σ x[i · stride + j, c] · kernel[i, (j, c), f] + bias[i, f])",
    .params = params,
    .instance_size = sizeof (StrataLocalLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 3}",
      "{\"filters\": 2, \"kernel_size\": 2, \"strides\": 2, \"activation\": \"relu\", \"use_bias\": false}",
      "{\"filters\": 2, \"kernel_size\": 2, \"data_format\": \"channels_first\"}",
      "{\"filters\": 2, \"kernel_size\": 3, \"implementation\": 2, \"padding\": \"same\"}",
      NULL },
    .configured = strata_local_layer_configured,
  },
  .flags = STRATA_LAYER_OF_KERAS2,
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,7,3",
  .build = strata_local_layer_build,
  .call = strata_local_layer_call,
};
