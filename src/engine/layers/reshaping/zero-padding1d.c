/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/reshaping/margins.h"

static const StrataParam params[] = {
  STRATA_PARAM_MARGINS (padding, "1", "Padding", "How many zeros are added in front and behind"),
  STRATA_PARAM_DATA_FORMAT (StrataMarginLayer),
  { NULL },
};

const StrataLayerInfo strata_layer_zero_padding1d = {
  .object = {
    .name = "ZeroPadding1D",
    .title = "Zero padding 1D",
    .category = "Reshaping",
    .description = "Puts zeros around a sequence",
    .formula = "y[i] = x[i − before], or 0 outside of x",
    .params = params,
    .instance_size = sizeof (StrataMarginLayer),
    .samples = (const char *const[]){
      "{}",
      "{\"padding\": 2}",
      "{\"padding\": [0, 1]}",
      "{\"padding\": [2, 1]}",
      "{\"padding\": 0}",
      NULL },
    .configured = strata_margin_layer_padding_configured,
  },
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,7,3",
  .call = strata_margin_layer_pad,
};
