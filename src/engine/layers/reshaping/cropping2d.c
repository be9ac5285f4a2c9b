/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/margins.h"

static const StrataParam params[] = {
  STRATA_PARAM_MARGINS (cropping, "[[0, 0], [0, 0]]", "Cropping",
                        "How many are cut off on each side: one number, one for each dimension, or two for each"),
  STRATA_PARAM_DATA_FORMAT (StrataMarginLayer),
  { NULL },
};

const StrataLayerInfo strata_layer_cropping2d = {
  .object = {
    .name = "Cropping2D",
    .title = "Cropping 2D",
    .category = "Reshaping",
    .description = "Cuts the edges off an image",
    .formula = "y[i] = x[i + before]",
    .params = params,
    .instance_size = sizeof (StrataMarginLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"cropping\": 2}",
      "{\"cropping\": [1, 2]}",
      "{\"cropping\": [[0, 1], [2, 1]]}",
      "{\"cropping\": [[1, 1], [0, 0]], \"data_format\": \"channels_first\"}",
      NULL },
    .configured = strata_margin_layer_cropping_configured,
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,6,7,3",
  .call = strata_margin_layer_crop,
};
