/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/upsampling-base.h"

static const StrataParam params[] = {
  STRATA_UPSAMPLING_PARAM_SIZE (3, "2"),
  STRATA_PARAM_DATA_FORMAT (StrataUpSamplingLayer),
  { NULL },
};

const StrataLayerInfo strata_layer_up_sampling3d = {
  .object = {
    .name = "UpSampling3D",
    .title = "Upsampling 3D",
    .category = "Reshaping",
    .description = "Repeats each cell of a volume",
    .formula = "y[i] = x[⌊i / size⌋]",
    .params = params,
    .instance_size = sizeof (StrataUpSamplingLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"size\": [1, 3, 2]}",
      "{\"size\": 1}",
      "{\"size\": [2, 1, 1]}",
      "{\"size\": [2, 1, 1], \"data_format\": \"channels_first\"}",
      NULL },
  },
  .min_rank = 5,
  .max_rank = 5,
  .sample_inputs = "1,2,3,2,3",
  .call = strata_upsampling_layer_call,
};
