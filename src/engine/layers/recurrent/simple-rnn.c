/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/rnn-base.h"

static const StrataParam params[] = {
  STRATA_RNN_PARAMS,
  STRATA_CELL_PARAM_UNITS (StrataRnnLayer),
  /* Keras forgets the seed; it is written where there is one. */
  STRATA_CELL_PARAMS (StrataRnnLayer, .omit_default = TRUE),
  { NULL },
};

const StrataLayerInfo strata_layer_simple_rnn = {
  .object = {
    .name = "SimpleRNN",
    .title = "Simple recurrent layer",
    .category = "Recurrent",
    .description = "Reads a sequence step by step, and mixes each step with what it remembers",
    .formula = "h[t] = activation(x[t] · kernel + h[t−1] · recurrent_kernel + bias)",
    .params = params,
    .instance_size = sizeof (StrataRnnLayer),
    .samples = (const char *const[]){
      "{\"units\": 4}",
      "{\"units\": 3, \"return_sequences\": true, \"go_backwards\": true}",
      "{\"units\": 3, \"return_state\": true, \"use_bias\": false}",
      "{\"units\": 2, \"return_sequences\": true, \"return_state\": true, \"activation\": \"relu\"}",
      "{\"units\": 3, \"dropout\": 0.3, \"recurrent_dropout\": 0.2, \"return_sequences\": true}",
      NULL },
    .finalize = strata_rnn_layer_finalize,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL | STRATA_LAYER_TAKES_MASK | STRATA_LAYER_WRAPS,
  .min_rank = 3,
  .max_rank = 3,
  .sample_inputs = "2,5,3",
  .build = strata_rnn_layer_build,
  .call = strata_rnn_layer_call,
};
