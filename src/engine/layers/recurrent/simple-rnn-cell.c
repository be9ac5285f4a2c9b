/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layers/recurrent/cell.h"
#include "ops/elementwise.h"

static const StrataParam params[] = {
  STRATA_CELL_PARAM_UNITS (StrataCellLayer),
  STRATA_CELL_PARAMS (StrataCellLayer),
  { NULL },
};

static gboolean
simple_rnn_cell_build (StrataLayer       *layer,
                       const StrataSpec  *inputs,
                       guint              n_inputs,
                       GError           **error)
{
  StrataCellLayer *self = (StrataCellLayer *) layer;

  return strata_cell_layer_build (self, &inputs[0], 1, &STRATA_SHAPE (self->units), error);
}

static guint
get_n_states (StrataLayer *layer)
{
  return 1;
}

static StrataValue *
step (StrataCellLayer     *self,
      StrataBuilder       *b,
      StrataValue         *given,
      StrataValue        **states,
      StrataValue *const  *noise)
{
  StrataValue *kept = strata_cell_layer_recur (self, b, states[0], strata_builder_read (b, self->recurrent_kernel),
                                               noise, 1);

  return states[0] = strata_activation_apply (self->activation, b, strata_add (b, given, kept));
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
  StrataValue *bias = self->use_bias ? strata_builder_read (b, self->bias) : NULL, *noise[1];

  strata_cell_layer_draw (self, b, x->shape.dims[1], 1, training, noise);
  return strata_cell_layer_unroll (self, b, strata_cell_layer_project (self, b, x, bias, 1, training), states, 1, mask,
                                   noise, step);
}

static const StrataCellInterface cell = { get_n_states, strata_cell_layer_get_state_shape, run };

const StrataLayerInfo strata_layer_simple_rnn_cell = {
  .object = {
    .name = "SimpleRNNCell",
    .title = "Simple recurrent cell",
    .category = "Recurrent",
    .description = "One step of a simple recurrent layer",
    .formula = "h′ = activation(x · kernel + h · recurrent_kernel + bias)",
    .params = params,
    .instance_size = sizeof (StrataCellLayer),
    .samples = (const char *const[]){
      "{\"units\": 4}",
      "{\"units\": 4, \"activation\": \"relu\"}",
      "{\"units\": 4, \"use_bias\": false}",
      NULL },
  },
  .flags = STRATA_LAYER_TAKES_SEVERAL,
  .min_rank = 2,
  .max_rank = 2,
  .sample_inputs = "2,3;2,4",
  .cell = &cell,
  .build = simple_rnn_cell_build,
  .call = strata_cell_call,
};
