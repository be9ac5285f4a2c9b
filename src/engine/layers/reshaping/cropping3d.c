/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/margins.h"

static const StrataParam params[] = {
  STRATA_PARAM_MARGINS (cropping, "[[1, 1], [1, 1], [1, 1]]", "Cropping",
                        "How many are cut off on each side: one number, one for each dimension, or two for each"),
  STRATA_PARAM_DATA_FORMAT (StrataMarginLayer),
  { NULL },
};

const StrataLayerInfo strata_layer_cropping3d = {
  .object = {
    .name = "Cropping3D",
    .title = "Cropping 3D",
    .category = "Reshaping",
    .description = "Cuts the edges off a volume",
    .formula = "y[i] = x[i + before]",
    .params = params,
    .instance_size = sizeof (StrataMarginLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"cropping\": 2}",
      "{\"cropping\": [1, 2, 0]}",
      "{\"cropping\": [[0, 1], [2, 1], [1, 1]]}",
      "{\"cropping\": [[1, 1], [0, 0], [0, 1]], \"data_format\": \"channels_first\"}",
      NULL },
    .configured = strata_margin_layer_cropping_configured,
  },
  .min_rank = 5,
  .max_rank = 5,
  .sample_inputs = "2,5,6,5,3",
  .call = strata_margin_layer_crop,
};
