/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/conv-lstm.h"

static const StrataParam params[] = { STRATA_RNN_PARAMS, STRATA_CONV_LSTM_PARAMS (StrataRnnLayer, 2), { NULL } };

const StrataLayerInfo strata_layer_conv_lstm2d = {
  .object = {
    .name = "ConvLSTM2D",
    .title = "Convolutional LSTM, 2D",
    .category = "Recurrent",
    .description = "Reads a sequence of images, such as the frames of a film",
    .formula = "c[t] = f · c[t−1] + i · g,  h[t] = o · tanh(c[t]), each gate a convolution of x[t] and h[t−1]",
    .params = params,
    .instance_size = sizeof (StrataRnnLayer),
    .samples = (const char *const[]){
      "{\"filters\": 2, \"kernel_size\": 2}",
      "{\"filters\": 2, \"kernel_size\": [2, 3], \"padding\": \"same\", \"return_sequences\": true, \"go_backwards\": "
      "true}",
      "{\"filters\": 1, \"kernel_size\": 2, \"strides\": 2, \"padding\": \"same\", \"return_state\": true, "
      "\"use_bias\": false}",
      "{\"filters\": 2, \"kernel_size\": 2, \"dropout\": 0.3, \"recurrent_dropout\": 0.2, \"activation\": \"relu\"}",
      "{\"filters\": 2, \"kernel_size\": 2, \"data_format\": \"channels_first\", \"padding\": \"same\", "
      "\"return_state\": true}",
      NULL },
    .configured = strata_conv_lstm_layer_configured,
    .finalize = strata_rnn_layer_finalize,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL | STRATA_LAYER_TAKES_MASK | STRATA_LAYER_WRAPS,
  .min_rank = 5,
  .max_rank = 5,
  .sample_inputs = "2,3,4,5,2",
  .build = strata_rnn_layer_build,
  .call = strata_rnn_layer_call,
};
