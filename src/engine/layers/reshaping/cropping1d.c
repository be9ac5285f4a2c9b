/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/margins.h"

static const StrataParam params[] = {
  STRATA_PARAM_MARGINS (cropping, "[1, 1]", "Cropping", "How many are cut off in front and behind"),
  { NULL },
};

const StrataLayerInfo strata_layer_cropping1d = {
  .object = {
    .name = "Cropping1D",
    .title = "Cropping 1D",
    .category = "Reshaping",
    .description = "Cuts the edges off a sequence",
    .formula = "y[i] = x[i + before]",
    .params = params,
    .instance_size = sizeof (StrataMarginLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"cropping\": 2}",
      "{\"cropping\": [0, 1]}",
      "{\"cropping\": [2, 1]}",
      "{\"cropping\": 0}",
      NULL },
    .configured = strata_margin_layer_cropping_configured,
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,7,3",
  .call = strata_margin_layer_crop,
};
