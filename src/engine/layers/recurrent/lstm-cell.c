/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/cell.h"
#include "ops/elementwise.h"
#include "ops/recurrent.h"
#include "ops/shaping.h"

static const StrataParam params[] = {
  STRATA_CELL_PARAM_UNITS (StrataCellLayer),
  STRATA_CELL_PARAM_GATES (StrataCellLayer),
  STRATA_CELL_PARAM_FORGET (StrataCellLayer),
  STRATA_CELL_PARAMS (StrataCellLayer),
  { NULL },
};

static gboolean
lstm_cell_build (StrataLayer       *layer,
                 const StrataSpec  *inputs,
                 guint              n_inputs,
                 GError           **error)
{
  StrataCellLayer *self = (StrataCellLayer *) layer;

  if (!strata_cell_layer_build (self, &inputs[0], 4, &STRATA_SHAPE (4 * self->units), error))
    return FALSE;
  strata_cell_layer_open_forget_gate (self);
  return TRUE;
}

static guint
get_n_states (StrataLayer *layer)
{
  return 2;
}

static StrataValue *
step (StrataCellLayer     *self,
      StrataBuilder       *b,
      StrataValue         *given,
      StrataValue        **states,
      StrataValue *const  *noise)
{
  StrataValue *kept = strata_cell_layer_recur (self, b, states[0], strata_builder_read (b, self->recurrent_kernel),
                                               noise, 4);
  StrataValue *sum = strata_add (b, given, kept), *gates[4];

  /* The bias comes last in Keras, which shows where each sum is rounded. */
  if (self->use_bias && strata_builder_get_precision (b) != STRATA_FLOAT32)
    sum = strata_add (b, sum, strata_builder_read (b, self->bias));
  for (int i = 0; i < 4; i++)
    gates[i] = strata_activation_apply (i == 2 ? self->activation : self->recurrent_activation, b,
                                        strata_slice (b, sum, -1, i * self->units, self->units));
  states[1] = strata_add (b, strata_multiply (b, gates[1], states[1]), strata_multiply (b, gates[0], gates[2]));
  return states[0] = strata_multiply (b, gates[3], strata_activation_apply (self->activation, b, states[1]));
}

static StrataValue *
run (StrataLayer    *layer,
     StrataBuilder  *b,
     StrataValue    *x,
     StrataValue   **states,
     StrataValue    *mask,
     gboolean        training)
{
  StrataCellLayer *self = (StrataCellLayer *) layer;
  StrataValue *bias = self->use_bias ? strata_builder_read (b, self->bias) : NULL, *noise[4], *given, *y, *cells;
  gboolean rounds = strata_builder_get_precision (b) != STRATA_FLOAT32;

  given = strata_cell_layer_project (self, b, x, rounds ? NULL : bias, 4, training);
  strata_cell_layer_draw (self, b, x->shape.dims[1], 4, training, noise);
  if (rounds || noise[0] != NULL || !strata_cell_is_usual (self->activation, "tanh") ||
      !strata_cell_is_usual (self->recurrent_activation, "sigmoid"))
    return strata_cell_layer_unroll (self, b, given, states, 2, mask, noise, step);

  y = strata_lstm (b, given, strata_builder_read (b, self->recurrent_kernel), states[0], states[1], mask, &cells);
  states[0] = strata_squeeze (b, strata_slice (b, y, 0, x->shape.dims[0] - 1, 1), 0);
  states[1] = strata_squeeze (b, strata_slice (b, cells, 0, x->shape.dims[0] - 1, 1), 0);
  return y;
}

static const StrataCellInterface cell = { get_n_states, strata_cell_layer_get_state_shape, run };

const StrataLayerInfo strata_layer_lstm_cell = {
  .object = {
    .name = "LSTMCell",
    .title = "LSTM cell",
    .category = "Recurrent",
    .description = "One step of an LSTM",
    .formula = "c′ = f · c + i · g,  h′ = o · tanh(c′)",
    .params = params,
    .instance_size = sizeof (StrataCellLayer),
    .samples = (const char *const[]){
      "{\"units\": 4}",
      "{\"units\": 4, \"activation\": \"relu\", \"recurrent_activation\": \"hard_sigmoid\"}",
      "{\"units\": 4, \"use_bias\": false}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL,
  .min_rank = 2,
  .max_rank = 2,
  .sample_inputs = "2,3;2,4;2,4",
  .cell = &cell,
  .build = lstm_cell_build,
  .call = strata_cell_call,
};
