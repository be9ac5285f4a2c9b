/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/convolution/locally-connected-base.h"

static const StrataParam params[] = { STRATA_LOCAL_PARAMS (2), { NULL } };

const StrataLayerInfo strata_layer_locally_connected2d = {
  .object = {
    .name = "LocallyConnected2D",
    .title = "2D locally connected",
    .category = "Convolution",
    .description = "Looks for patterns along an image, others at each place; a layer of Keras 2",
    .formula = "y[i, j, f] = activation(Σ x[i + k, j + l, c] · kernel[(i, j), (k, l, c), f] + bias[i, j, f])",
    .params = params,
    .instance_size = sizeof (StrataLocalLayer),
    .samples = (const char *const[]){
      "{\"filters\": 3, \"kernel_size\": 3}",
      "{\"filters\": 2, \"kernel_size\": 2, \"strides\": 2, \"activation\": \"relu\", \"use_bias\": false}",
      "{\"filters\": 2, \"kernel_size\": 2, \"data_format\": \"channels_first\"}",
      "{\"filters\": 2, \"kernel_size\": 2, \"implementation\": 3, \"padding\": \"same\", \"strides\": 2}",
      NULL },
    .configured = strata_local_layer_configured,
  },
  .flags = STRATA_LAYER_OF_KERAS2,
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,5,6,2",
  .build = strata_local_layer_build,
  .call = strata_local_layer_call,
};
