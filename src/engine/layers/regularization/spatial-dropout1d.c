/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/regularization/dropout-base.h"

static const StrataParam params[] = {
  STRATA_PARAM_RATE,
  STRATA_PARAM_SEED (StrataDropoutLayer),
  { NULL },
};

const StrataLayerInfo strata_layer_spatial_dropout1d = {
  .object = {
    .name = "SpatialDropout1D",
    .title = "Spatial dropout 1D",
    .category = "Regularization",
    .description = "Forgets whole channels of a sequence at random while training",
    .formula = "y[:, c] = x[:, c] / (1 − rate) where kept, 0 elsewhere",
    .params = params,
    .instance_size = sizeof (StrataDropoutLayer),
    .samples = (const char *const[]){
      "{\"rate\": 0.5}",
      "{\"rate\": 0.0}",
      "{\"rate\": 0.25, \"seed\": 3}",
      "{\"rate\": 0.3}",
      "{\"rate\": 0.8, \"seed\": 11}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK | STRATA_LAYER_BRIEF_CONFIG,
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,5,3",
  .call = strata_dropout_call_spatial,
};
