/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/rnn-base.h"

static const StrataParam params[] = {
  STRATA_RNN_PARAMS,
  STRATA_PARAM (OBJECT, StrataRnnLayer, cell, NULL, .kind = STRATA_KIND_LAYER, .title = "Cell",
                .description = "What does one step"),
  { NULL },
};

static gboolean
rnn_configured (StrataObject  *object,
                GError       **error)
{
  StrataRnnLayer *self = (StrataRnnLayer *) object;

  if (strata_cell_get_interface (self->cell) != NULL)
    return TRUE;
  strata_set_error (error, STRATA_ERROR_VALUE,
                    "%s is no cell of a recurrent layer; use LSTMCell, GRUCell, SimpleRNNCell or StackedRNNCells",
                    strata_object_get_class_name (STRATA_OBJECT (self->cell)));
  return FALSE;
}

const StrataLayerInfo strata_layer_rnn = {
  .object = {
    .name = "RNN",
    .title = "Recurrent layer",
    .category = "Recurrent",
    .description = "Takes a cell, or several stacked ones, through a sequence",
    .formula = "y[t], h[t] = cell(x[t], h[t−1])",
    .params = params,
    .instance_size = sizeof (StrataRnnLayer),
    .samples = (const char *const[]){
      "{\"cell\": {\"class_name\": \"LSTMCell\", \"config\": {\"units\": 4}}}",
      "{\"cell\": {\"class_name\": \"GRUCell\", \"config\": {\"units\": 3}}, \"return_sequences\": true}",
      "{\"cell\": {\"class_name\": \"SimpleRNNCell\", \"config\": {\"units\": 3}}, \"return_state\": true, "
      "\"go_backwards\": true}",
      "{\"cell\": {\"class_name\": \"StackedRNNCells\", \"config\": {\"cells\": [{\"class_name\": \"LSTMCell\", "
      "\"config\": {\"units\": 4}}, {\"class_name\": \"GRUCell\", \"config\": {\"units\": 2}}]}}, \"return_state\": "
      "true}",
      NULL },
    .configured = rnn_configured,
    .finalize = strata_rnn_layer_finalize,
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL | STRATA_LAYER_TAKES_MASK | STRATA_LAYER_WRAPS,
  .min_rank = 3,
  .sample_inputs = "2,5,3",
  .build = strata_rnn_layer_build,
  .call = strata_rnn_layer_call,
};
