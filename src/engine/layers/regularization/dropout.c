/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/regularization/dropout-base.h"

static const StrataParam params[] = {
  STRATA_PARAM_RATE,
  STRATA_PARAM_SEED (StrataDropoutLayer),
  STRATA_PARAM_NOISE_SHAPE,
  { NULL },
};

const StrataLayerInfo strata_layer_dropout = {
  .object = {
    .name = "Dropout",
    .title = "Dropout",
    .category = "Regularization",
    .description = "Forgets some inputs at random while training, so that none is relied upon alone",
    .formula = "y = x / (1 − rate) where kept, 0 elsewhere",
    .params = params,
    .instance_size = sizeof (StrataDropoutLayer),
    .samples = (const char *const[]){
      "{\"rate\": 0.5}",
      "{\"rate\": 0.0}",
      "{\"rate\": 0.25, \"seed\": 3}",
      "{\"rate\": 0.4, \"noise_shape\": [null, 1, 3]}",
      "{\"rate\": 0.9, \"noise_shape\": [2, 5, 1], \"seed\": 11}",
      NULL },
  },
  .flags = STRATA_LAYER_PASSES_MASK,
  .sample_inputs = "2,5,3",
  .call = strata_dropout_call,
};
