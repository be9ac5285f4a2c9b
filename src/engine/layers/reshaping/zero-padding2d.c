/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/margins.h"

static const StrataParam params[] = {
  STRATA_PARAM_MARGINS (padding, "1", "Padding",
                        "How many zeros are added on each side: one number, one for each dimension, or two for each"),
  STRATA_PARAM_DATA_FORMAT (StrataMarginLayer),
  { NULL },
};

const StrataLayerInfo strata_layer_zero_padding2d = {
  .object = {
    .name = "ZeroPadding2D",
    .title = "Zero padding 2D",
    .category = "Reshaping",
    .description = "Puts zeros around an image",
    .formula = "y[i] = x[i − before], or 0 outside of x",
    .params = params,
    .instance_size = sizeof (StrataMarginLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"padding\": 2}",
      "{\"padding\": [1, 2]}",
      "{\"padding\": [[0, 1], [2, 1]]}",
      "{\"padding\": [[1, 1], [0, 0]], \"data_format\": \"channels_first\"}",
      NULL },
    .configured = strata_margin_layer_padding_configured,
  },
  .min_rank = 4,
  .max_rank = 4,
  .sample_inputs = "2,6,7,3",
  .call = strata_margin_layer_pad,
};
